// What the founding articles' sessions share: a Deployment to serve, a pod to ask from, and the file they print.
import type { Step } from "./session.ts";

/** A Deployment of nginx, and a pod to ask from. */
export const web = (replicas: number): Step[] => [
  `kubectl create deployment my-app --image=nginx --port=8080 --replicas=${replicas}`,
  "kubectl run client --image=curlimages/curl --command -- sleep 3600",
  "sleep 3",
];
export const asks = (url: string, from = "client") =>
  `kubectl exec ${from} -- curl -s -m 3 -o /dev/null -w '%{http_code}' ${url}`;
export const code = (url: string) => `curl -s -m 3 -o /dev/null -w '%{http_code}' ${url}`;
export const times = (count: number, command: string) => `for i in $(seq 1 ${count}); do ${command}; done`;
export const POD_IP = "$(kubectl get pod -l app=my-app -o jsonpath='{.items[0].status.podIP}')";

/** The articles' presets as they print them, made whole. */
export const MY_APP_SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: my-app-service
spec:
  selector:
    app: my-app
  ports:
    - protocol: TCP
      port: 80
      targetPort: 8080`;
export const file = (name: string, text: string) => `cat > ${name} <<'EOF'\n${text}\nEOF`;
export const applied = (text: string) => `kubectl apply -f - <<'EOF'\n${text}\nEOF`;
export const typed = (type: string, extra = "") => `${MY_APP_SERVICE}${extra}\n  type: ${type}`;
