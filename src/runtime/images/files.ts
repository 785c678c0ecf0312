// The files that images bring: enough for what people look at.
import { toolKind } from "./contents.ts";
import { knownImage } from "./table.ts";

/** The start page of nginx, by which a server knows that it is unchanged. */
export const NGINX_PAGE = `<!DOCTYPE html>
<html>
<head><title>Welcome to nginx!</title></head>
<body><h1>Welcome to nginx!</h1></body>
</html>
`;
export const HTTPD_PAGE = "<html><body><h1>It works!</h1></body></html>\n";
const NGINX_ERROR =
  "<!DOCTYPE html>\n<html>\n<head><title>Error</title></head>\n<body><h1>An error occurred.</h1></body>\n</html>\n";

/** The site that nginx brings, by which a changed configuration is known. */
export const NGINX_CONF = `server {
    listen       80;
    server_name  localhost;
    location / {
        root   /usr/share/nginx/html;
        index  index.html index.htm;
    }
    error_page   500 502 503 504  /50x.html;
}
`;

/** Texts by path. */
export function imageFiles(reference: string): Map<string, string> {
  const files = new Map<string, string>();
  const busybox = toolKind(reference) === "busybox";
  files.set(
    "/etc/passwd",
    `root:x:0:0:root:/root:/bin/${busybox ? "sh" : "bash"}\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n`,
  );
  files.set("/etc/group", "root:x:0:\nnogroup:x:65534:\n");
  files.set(
    "/etc/os-release",
    busybox
      ? 'NAME="Alpine Linux"\nID=alpine\n'
      : 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nNAME="Debian GNU/Linux"\nID=debian\n',
  );
  const name = knownImage(reference)?.name ?? "";
  if (/^nginx(?:inc\/|$)|nginx-slim|e2e-test-images\/nginx/.test(name)) {
    files.set("/usr/share/nginx/html/index.html", NGINX_PAGE);
    files.set("/usr/share/nginx/html/50x.html", NGINX_ERROR);
    files.set("/etc/nginx/conf.d/default.conf", NGINX_CONF);
    files.set("/etc/nginx/nginx.conf", "events {}\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n");
  }
  if (/^(?:e2e-test-images\/)?httpd$/.test(name)) files.set("/usr/local/apache2/htdocs/index.html", HTTPD_PAGE);
  return files;
}
