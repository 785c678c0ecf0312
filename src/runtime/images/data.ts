// Images that tutorials use: where they listen, who runs them and what they hold, as their Dockerfiles say.

/**
 * One image a line: repository | ports | how it answers | user | tools | entry | further programs | where that is written.
 *
 * Ports: `80`, `53/UDP`, `2379/grpc`, `8443/tls`. User: a number. Tools: `none` (no shell), `busybox` (Alpine), `debian` (a shell and
 * coreutils), `curl` (debian with curl), `build` (debian with curl and wget), `ubi` (bash, coreutils, curl), `net` (all that ask over
 * the network). Entry: `shell` runs its arguments as a command, or a shell; `cmd` runs arguments that are a command instead of its
 * server; `bin` gives all arguments to its server.
 */
const ROWS = `
nginx|80|web|0|curl|cmd|nginx envsubst|github.com/nginx/docker-nginx
nginxinc/nginx-unprivileged|8080|web|101|curl|cmd|nginx envsubst|github.com/nginx/docker-nginx-unprivileged
httpd|80|web|0|debian|cmd|httpd httpd-foreground apachectl|github.com/docker-library/httpd
caddy|80 443/tls|web|0|busybox|cmd|caddy|github.com/caddyserver/caddy-docker
traefik|80|traefik|0|busybox|bin|traefik|github.com/traefik/traefik-library-image
haproxy||greeting|99|debian|cmd|haproxy|github.com/docker-library/haproxy
envoyproxy/envoy|10000|greeting|0|debian|cmd|envoy|github.com/envoyproxy/envoy
nginxdemos/hello|80|greeting|0|busybox|cmd|nginx|github.com/nginx/NGINX-Demos
nginxdemos/nginx-hello|8080|greeting|101|busybox|cmd|nginx|github.com/nginx/NGINX-Demos
kicbase/echo-server|8080|greeting|0|none|bin||github.com/medyagh/echo-server
echoserver|8080|greeting|0|debian|cmd|nginx|github.com/kubernetes/kubernetes test/images/echoserver
ealen/echo-server|80|greeting|0|busybox|cmd|node|github.com/Ealenn/Echo-Server
mendhak/http-https-echo|8080 8443/tls|greeting|1000|busybox|cmd|node|github.com/mendhak/docker-http-https-echo
jmalloc/echo-server|8080|greeting|0|none|bin||github.com/jmalloc/echo-server
gateway-api/conformance/echo-basic|3000 3001|echo-basic|0|none|bin||github.com/kubernetes-sigs/gateway-api-conformance-images
inanimate/echo-server|8080|greeting|0|none|bin||hub.docker.com/r/inanimate/echo-server
hashicorp/http-echo|5678|echo|100|none|bin||github.com/hashicorp/http-echo
traefik/whoami|80|whoami|0|none|bin||github.com/traefik/whoami
containous/whoami|80|whoami|0|none|bin||github.com/traefik/whoami
jwilder/whoami|8000|hostname|0|busybox|bin||github.com/jwilder/whoami
stefanprodan/podinfo|9898 9999/grpc|podinfo|100|busybox|cmd|podinfo podcli curl|github.com/stefanprodan/podinfo
paulbouwer/hello-kubernetes|8080|greeting|1001|busybox|cmd|node|github.com/paulbouwer/hello-kubernetes
crccheck/hello-world|8000|hello|0|busybox|cmd|httpd|github.com/crccheck/docker-hello-world
strm/helloworld-http|80|greeting|0|busybox|cmd|python|hub.docker.com/r/strm/helloworld-http
hello-world||ends|0|none|bin||github.com/docker-library/hello-world
tutum/hello-world|80|greeting|0|busybox|cmd|nginx|hub.docker.com/r/tutum/hello-world
dockercloud/hello-world|80|greeting|0|busybox|cmd|nginx|hub.docker.com/r/dockercloud/hello-world
docker/getting-started|80|web|0|busybox|cmd|nginx|github.com/docker/getting-started
karthequian/helloworld|80|greeting|0|debian|cmd|nginx|hub.docker.com/r/karthequian/helloworld
training/webapp|5000|greeting|0|debian|cmd|python|hub.docker.com/r/training/webapp
google-samples/kubernetes-bootcamp|8080|bootcamp|0|build|cmd|node|kubernetes.io tutorials/kubernetes-basics
google-samples/hello-app|8080|hello-app|0|none|bin||github.com/GoogleCloudPlatform/kubernetes-engine-samples
google-samples/node-hello|8080|node-hello|0|build|cmd|node|kubernetes.io tasks/access-application-cluster
google-samples/hello-go-gke|80|greeting|0|debian|bin||kubernetes.io tasks/access-application-cluster
google-samples/hello-frontend|80|greeting|0|debian|cmd|nginx|kubernetes.io tasks/access-application-cluster
google-samples/whereami|8080|hello-app|0|debian|cmd|python|github.com/GoogleCloudPlatform/kubernetes-engine-samples
google-samples/gb-frontend|80|greeting|0|debian|cmd|apache2-foreground php|kubernetes.io tutorials/stateless-application/guestbook
google-samples/gb-redis-follower|6379|greeting|0|debian|cmd|redis-server redis-cli|kubernetes.io tutorials/stateless-application/guestbook
google-samples/cassandra|7000 7001 7199 9042|greeting|0|debian|cmd|cqlsh nodetool|kubernetes.io tutorials/stateful-application/cassandra
google-samples/xtrabackup||greeting|0|debian|shell|xtrabackup xbstream mysql ncat|kubernetes.io tasks/run-application/run-replicated-stateful-application
google_samples/gb-frontend|80|greeting|0|debian|cmd|apache2-foreground php|kubernetes.io tutorials/stateless-application/guestbook
k8s.gcr.io/hpa-example|80|hpa|0|debian|cmd|apache2-foreground php|kubernetes.io tasks/run-application/horizontal-pod-autoscale-walkthrough
hpa-example|80|hpa|0|debian|cmd|apache2-foreground php|kubernetes.io tasks/run-application/horizontal-pod-autoscale-walkthrough
nginx-slim|80|web|0|debian|cmd|nginx|kubernetes.io tutorials/stateful-application/basic-stateful-set
serve_hostname|9376|hostname|0|busybox|bin||github.com/kubernetes/kubernetes test/images
agnhost|8080 8081/UDP|netexec|0|net|bin|agnhost|github.com/kubernetes/kubernetes test/images/agnhost
e2e-test-images/agnhost|8080 8081/UDP|netexec|0|net|bin|agnhost|github.com/kubernetes/kubernetes test/images/agnhost
e2e-test-images/nginx|80|web|0|busybox|cmd|nginx|github.com/kubernetes/kubernetes test/images/nginx
e2e-test-images/httpd|80|web|0|busybox|cmd|httpd httpd-foreground|github.com/kubernetes/kubernetes test/images/httpd
e2e-test-images/busybox||nothing|0|busybox|shell||github.com/kubernetes/kubernetes test/images/busybox
e2e-test-images/jessie-dnsutils||nothing|0|net|shell||github.com/kubernetes/kubernetes test/images/jessie-dnsutils
liveness|8080|greeting|0|busybox|bin||kubernetes.io tasks/configure-pod-container
goproxy|8080|greeting|0|none|bin||kubernetes.io tasks/configure-pod-container
metrics-server/metrics-server|10250/tls|greeting|65534|none|bin||github.com/kubernetes-sigs/metrics-server
dockersamples/examplevotingapp_vote|80|greeting|0|debian|cmd|python|github.com/dockersamples/example-voting-app
dockersamples/examplevotingapp_result|80|greeting|0|debian|cmd|node|github.com/dockersamples/example-voting-app
dockersamples/examplevotingapp_worker||silent|0|debian|cmd||github.com/dockersamples/example-voting-app
dockercoins/hasher|80|greeting|0|busybox|cmd|ruby|github.com/jpetazzo/container.training
dockercoins/rng|80|greeting|0|busybox|cmd|python|github.com/jpetazzo/container.training
dockercoins/webui|80|greeting|0|busybox|cmd|node|github.com/jpetazzo/container.training
dockercoins/worker||silent|0|busybox|cmd|python|github.com/jpetazzo/container.training
redis|6379|redis|0|debian|cmd|redis-server redis-cli redis-benchmark|github.com/redis/docker-library-redis
redis/redis-stack|6379 8001|redis|0|curl|cmd|redis-server redis-cli|github.com/redis-stack/redis-stack
redis/redis-stack-server|6379|redis|0|curl|cmd|redis-server redis-cli|github.com/redis-stack/redis-stack
redislabs/redisinsight|8001|greeting|1000|debian|cmd||hub.docker.com/r/redislabs/redisinsight
redis/redisinsight|5540|greeting|1000|busybox|cmd|node|hub.docker.com/r/redis/redisinsight
valkey|6379|redis|0|debian|cmd|valkey-server valkey-cli redis-cli|github.com/valkey-io/valkey-container
valkey/valkey|6379|redis|0|debian|cmd|valkey-server valkey-cli redis-cli|github.com/valkey-io/valkey-container
memcached|11211|greeting|11211|debian|cmd|memcached|github.com/docker-library/memcached
postgres|5432|postgres|0|debian|cmd|postgres psql pg_isready pg_dump createdb|github.com/docker-library/postgres
postgis/postgis|5432|postgres|0|debian|cmd|postgres psql pg_isready|github.com/postgis/docker-postgis
mysql|3306|mysql|0|ubi|cmd|mysqld mysql mysqladmin mysqldump|github.com/docker-library/mysql
mariadb|3306|mysql|0|debian|cmd|mariadbd mariadb mariadb-admin healthcheck.sh|github.com/MariaDB/mariadb-docker
percona|3306|mysql|1001|ubi|cmd|mysqld mysql mysqladmin|github.com/percona/percona-docker
mongo|27017|mongo|0|debian|cmd|mongod mongosh mongo|github.com/docker-library/mongo
mongo-express|8081|greeting|0|busybox|cmd|node|github.com/mongo-express/mongo-express-docker
cassandra|7000 7001 7199 9042 9160|greeting|0|debian|cmd|cassandra cqlsh nodetool|github.com/docker-library/cassandra
couchdb|5984 4369 9100|greeting|0|curl|cmd||github.com/apache/couchdb-docker
influxdb|8086|greeting|0|curl|cmd|influx influxd|github.com/influxdata/influxdata-docker
neo4j|7474 7473/tls 7687|greeting|0|curl|cmd|cypher-shell|github.com/neo4j/docker-neo4j
elasticsearch|9200 9300|greeting|1000|ubi|cmd|elasticsearch|github.com/elastic/elasticsearch
elasticsearch/elasticsearch|9200 9300|greeting|1000|ubi|cmd|elasticsearch|github.com/elastic/elasticsearch
opensearchproject/opensearch|9200/tls 9300 9600|greeting|1000|ubi|cmd||github.com/opensearch-project/opensearch-build
kibana|5601|greeting|1000|ubi|cmd||github.com/elastic/kibana
kibana/kibana|5601|greeting|1000|ubi|cmd||github.com/elastic/kibana
logstash|5044 9600|greeting|1000|ubi|cmd||github.com/elastic/logstash
fluentd|24224 5140/UDP|greeting|0|debian|cmd|fluentd ruby|github.com/fluent/fluentd-docker-image
fluent/fluent-bit|2020|greeting|0|none|bin||github.com/fluent/fluent-bit
rabbitmq|5672 4369 25672 15692|greeting|0|debian|cmd|rabbitmq-server rabbitmqctl rabbitmq-diagnostics|github.com/docker-library/rabbitmq
nats|4222 8222 6222|greeting|0|none|bin||github.com/nats-io/nats-docker
zookeeper|2181 2888 3888 8080|greeting|0|debian|cmd|zkServer.sh zkCli.sh|github.com/31z4/zookeeper-docker
confluentinc/cp-kafka|9092|greeting|1000|ubi|cmd|run kafka-topics|github.com/confluentinc/kafka-images
apache/kafka|9092|greeting|1000|busybox|cmd|kafka-server-start.sh kafka-topics.sh|github.com/apache/kafka docker
minio/minio|9000|greeting|0|ubi|bin|minio mc|github.com/minio/minio
etcd|2379/grpc 2380|greeting|0|none|cmd|etcd etcdctl|github.com/etcd-io/etcd
coreos/etcd|2379/grpc 2380|greeting|0|none|cmd|etcd etcdctl|github.com/etcd-io/etcd
consul|8500 8300 8301 8301/UDP 8302 8302/UDP 8600/UDP 8600|consul|0|busybox|cmd|consul curl jq|github.com/hashicorp/docker-consul
hashicorp/consul|8500 8300 8301 8301/UDP 8302 8302/UDP 8600/UDP 8600|consul|0|busybox|cmd|consul curl jq|github.com/hashicorp/consul
vault|8200|greeting|0|busybox|cmd|vault|github.com/hashicorp/vault
hashicorp/vault|8200|greeting|0|busybox|cmd|vault|github.com/hashicorp/vault
prom/prometheus|9090|greeting|65534|busybox|bin|prometheus promtool|github.com/prometheus/prometheus
prom/alertmanager|9093|greeting|65534|busybox|bin|alertmanager amtool|github.com/prometheus/alertmanager
prom/node-exporter|9100|greeting|65534|busybox|bin|node_exporter|github.com/prometheus/node_exporter
prom/pushgateway|9091|greeting|65534|busybox|bin|pushgateway|github.com/prometheus/pushgateway
prom/blackbox-exporter|9115|greeting|0|busybox|bin||github.com/prometheus/blackbox_exporter
prometheus/prometheus|9090|greeting|65534|busybox|bin|prometheus promtool|github.com/prometheus/prometheus
prometheus/node-exporter|9100|greeting|65534|busybox|bin|node_exporter|github.com/prometheus/node_exporter
kube-state-metrics/kube-state-metrics|8080 8081|greeting|65534|none|bin||github.com/kubernetes/kube-state-metrics
grafana/grafana|3000|greeting|472|busybox|bin|curl grafana grafana-cli|github.com/grafana/grafana
grafana/loki|3100|greeting|10001|none|bin||github.com/grafana/loki
jaegertracing/all-in-one|16686 14268 14250/grpc 4317/grpc 4318 14269 6831/UDP|greeting|10001|none|bin||github.com/jaegertracing/jaeger
otel/opentelemetry-collector|4317/grpc 4318 13133|greeting|10001|none|bin||github.com/open-telemetry/opentelemetry-collector-releases
otel/opentelemetry-collector-contrib|4317/grpc 4318 13133|greeting|10001|none|bin||github.com/open-telemetry/opentelemetry-collector-releases
tomcat|8080|notfound|0|curl|cmd|catalina.sh java|github.com/docker-library/tomcat
jetty|8080|greeting|999|debian|cmd|java|github.com/jetty/jetty.docker
jenkins/jenkins|8080 50000|greeting|1000|build|cmd|java jenkins.sh|github.com/jenkinsci/docker
sonarqube|9000|greeting|1000|curl|cmd|java|github.com/SonarSource/docker-sonarqube
wordpress|80|greeting|0|curl|cmd|apache2-foreground php|github.com/docker-library/wordpress
ghost|2368|greeting|1000|debian|cmd|node|github.com/docker-library/ghost
drupal|80|greeting|0|curl|cmd|apache2-foreground php|github.com/docker-library/drupal
nextcloud|80|greeting|0|curl|cmd|apache2-foreground php|github.com/nextcloud/docker
gitea/gitea|3000 22|greeting|0|busybox|cmd|gitea curl|github.com/go-gitea/gitea
adminer|8080|greeting|0|busybox|cmd|php|github.com/TimWolla/docker-adminer
phpmyadmin|80|greeting|0|curl|cmd|apache2-foreground php|github.com/phpmyadmin/docker
phpmyadmin/phpmyadmin|80|greeting|0|curl|cmd|apache2-foreground php|github.com/phpmyadmin/docker
dpage/pgadmin4|80|greeting|5050|busybox|cmd|python|github.com/pgadmin-org/pgadmin4
keycloak/keycloak|8080 8443/tls 9000|greeting|1000|none|bin||github.com/keycloak/keycloak
getmeili/meilisearch|7700|greeting|0|curl|cmd|meilisearch|github.com/meilisearch/meilisearch
registry|5000|greeting|0|busybox|cmd|registry|github.com/distribution/distribution-library-image
kennethreitz/httpbin|80|greeting|0|debian|cmd|gunicorn python|github.com/postmanlabs/httpbin
mccutchen/go-httpbin|8080|greeting|0|none|bin||github.com/mccutchen/go-httpbin
istio/examples-bookinfo-productpage-v1|9080|greeting|0|debian|cmd|python|github.com/istio/istio samples/bookinfo
istio/examples-bookinfo-details-v1|9080|greeting|0|debian|cmd|ruby|github.com/istio/istio samples/bookinfo
istio/examples-bookinfo-ratings-v1|9080|greeting|0|debian|cmd|node|github.com/istio/istio samples/bookinfo
istio/examples-bookinfo-reviews-v1|9080|greeting|0|debian|cmd|java|github.com/istio/istio samples/bookinfo
weaveworksdemos/front-end|8079|greeting|10001|busybox|cmd|node|github.com/microservices-demo/microservices-demo
kubernetesui/dashboard|9090 8443/tls|greeting|1001|none|bin||github.com/kubernetes/dashboard
metallb/controller|7472|greeting|65534|none|bin||github.com/metallb/metallb
metallb/speaker|7472 7946 7946/UDP|greeting|0|none|bin||github.com/metallb/metallb
jetstack/cert-manager-controller|9402 9403|greeting|1000|none|bin||github.com/cert-manager/cert-manager
jetstack/cert-manager-webhook|10250/tls 6080|greeting|1000|none|bin||github.com/cert-manager/cert-manager
jetstack/cert-manager-cainjector||silent|1000|none|bin||github.com/cert-manager/cert-manager
busybox||nothing|0|busybox|shell||github.com/docker-library/busybox
alpine||nothing|0|busybox|shell||github.com/alpinelinux/docker-alpine
debian||nothing|0|debian|shell||github.com/debuerreotype/docker-debian-artifacts
ubuntu||nothing|0|debian|shell||launchpad.net/cloud-images
fedora||nothing|0|ubi|shell||github.com/fedora-cloud/docker-brew-fedora
centos||nothing|0|ubi|shell||github.com/CentOS/sig-cloud-instance-images
rockylinux||nothing|0|ubi|shell||github.com/rocky-linux/sig-cloud-instance-images
amazonlinux||nothing|0|ubi|shell||github.com/amazonlinux/container-images
ubi8/ubi||nothing|0|ubi|shell||catalog.redhat.com
ubi9/ubi||nothing|0|ubi|shell||catalog.redhat.com
bash||nothing|0|busybox|shell|bash|github.com/tianon/docker-bash
curlimages/curl||nothing|100|busybox|shell|curl|github.com/curl/curl-container
buildpack-deps||nothing|0|build|shell||github.com/docker-library/buildpack-deps
nicolaka/netshoot||nothing|0|net|shell|python3 vim tcpdump nmap ncat iperf3 grpcurl fortio swaks jq|github.com/nicolaka/netshoot
wbitt/network-multitool|80 443/tls|web|0|net|cmd|nginx|github.com/wbitt/Network-MultiTool
praqma/network-multitool|80 443/tls|web|0|net|cmd|nginx|github.com/Praqma/Network-MultiTool
tutum/dnsutils||nothing|0|net|shell||hub.docker.com/r/tutum/dnsutils
tutum/curl||nothing|0|net|shell||hub.docker.com/r/tutum/curl
radial/busyboxplus||nothing|0|busybox|shell|curl|hub.docker.com/r/radial/busyboxplus
yauritux/busybox-curl||nothing|0|busybox|shell|curl|hub.docker.com/r/yauritux/busybox-curl
pause||silent|65535|none|bin||github.com/kubernetes/kubernetes build/pause
google_containers/pause||silent|65535|none|bin||github.com/kubernetes/kubernetes build/pause
python||nothing|0|build|shell|python python3 pip|github.com/docker-library/python
node||nothing|0|build|shell|node npm npx yarn|github.com/nodejs/docker-node
golang||nothing|0|build|shell|go|github.com/docker-library/golang
ruby||nothing|0|build|shell|ruby bundle rails|github.com/docker-library/ruby
php|80|greeting|0|curl|cmd|php apache2-foreground php-fpm|github.com/docker-library/php
perl||nothing|0|build|shell|perl|github.com/Perl/docker-perl
openjdk||nothing|0|ubi|shell|java|github.com/docker-library/openjdk
eclipse-temurin||nothing|0|curl|shell|java|github.com/adoptium/containers
rust||nothing|0|build|shell|cargo|github.com/rust-lang/docker-rust
docker||nothing|0|busybox|shell|docker dockerd|github.com/docker-library/docker
alpine/git||nothing|0|busybox|shell|git|github.com/alpine-docker/git
alpine/socat||greeting|0|busybox|bin|socat|github.com/alpine-docker/socat
bitnami/kubectl||nothing|1001|debian|shell|kubectl|github.com/bitnami/containers
coredns/coredns|53/UDP 53 9153 8080 8181|coredns|0|none|bin||github.com/coredns/coredns
coredns|53/UDP 53 9153 8080 8181|coredns|0|none|bin||github.com/coredns/coredns
ingress-nginx/controller|80 443 8443 10254|ingress|101|busybox|bin|nginx curl|github.com/kubernetes/ingress-nginx
`;

/** A line of the table, taken apart. */
export interface ImageRow {
  readonly name: string;
  readonly ports: readonly string[];
  readonly answers: string;
  readonly user: number;
  readonly tools: string;
  readonly entry: string;
  readonly programs: readonly string[];
  readonly source: string;
}

const words = (text: string) => text.split(" ").filter((word) => word !== "");

/** All lines. */
export const IMAGE_ROWS: readonly ImageRow[] = ROWS.trim()
  .split("\n")
  .map((line) => {
    const [name = "", ports = "", answers = "", user = "", tools = "", entry = "", programs = "", source = ""] =
      line.split("|");
    return { name, ports: words(ports), answers, user: Number(user), tools, entry, programs: words(programs), source };
  });
