// Nothing runs forever, nothing throws: catastrophic patterns, endless loops, floods of output, nesting without end.
import { describe, expect, test } from "vitest";
import { runScript, testMachine } from "./testing.ts";

const LONG = "a".repeat(20_000);

describe("[SH-6] patterns take linear time", () => {
  test.each([
    [`echo ${LONG} | grep -E '([^ ]+ *)+z$'; echo $?`, "1\n"],
    [`echo ${LONG}b | sed -E 's/(a+)+$/x/' | wc -c`, "20002\n"],
    [`echo ${LONG}b | awk '/(a+)+$/ {print "no"} {print "end"}'`, "end\n"],
    [`x=${LONG}b; [[ $x =~ ^(a+)+$ ]] || echo no`, "no\n"],
    [`x=${LONG.slice(0, 3_000)}; echo \${x//*a*b/} | wc -c`, "3001\n"],
    [`case a in ${"[".repeat(20_000)}) echo no;; *) echo ok;; esac`, "ok\n"],
    [`case ${LONG} in *a*a*a*a*a*b) echo no;; *) echo ok;; esac`, "ok\n"],
    [
      "echo 'one two three four' | sed -n 's/^\\(\\S\\+\\)\\s\\+\\(\\S\\+\\)\\s\\+\\(\\S\\+\\)\\s\\+.*/\\1 \\3/p'",
      "one three\n",
    ],
    [`echo ${LONG} | tr -d a | wc -c; expr ${LONG} : '\\(a*\\)*b'`, "1\n\n"],
  ])("case %#", (script, stdout) => {
    const before = performance.now();
    expect(runScript(script).stdout).toBe(stdout);
    expect(performance.now() - before).toBeLessThan(15_000);
  });
});

describe("[SH-3] each limit ends in a message and a status", () => {
  test.each([
    ["while true; do true; done", /was stopped; put a sleep into it/],
    ["while :; do x=$((x+1)); done", /was stopped/],
    ["f() { f; }; f", /maximum function nesting level exceeded/],
    ["echo 'sh < f' > f; sh < f", /Cannot fork|Resource temporarily unavailable/],
    ["echo 'bash f' > f; bash f", /Resource temporarily unavailable/],
    [
      "echo aaaaaaaaaa > f; for i in {1..40}; do cat f f > g; mv g f; done",
      /more than \d+ characters of output|No space left on device/,
    ],
    ["yes | tr y x > /dev/null", /more than \d+ characters of output/],
    ["awk 'BEGIN { while (1) x++ }'", /^awk: too many steps/m],
    ["echo x | sed ':a;ba'", /^sed: too many steps/m],
    ["echo a | sed ':a;s/a/aa/;ba'", /^sed: too many steps/m],
    ['awk \'BEGIN {s="a"; while (s !~ /b/) s = s "a"}\'', /^awk: too many steps/m],
    ['jq -n \'reduce range(1e6) as $i ("a"; .+"a" | sub("b";"c")) | length\'', /^jq: too many steps/m],
    ["printf '%999999999d' 1", /^bash: line 1: printf: /m],
    ["x=a; while true; do x=$x$x; done", /not kept here/],
    ["echo {1..99999999}", /brace expansion/],
    ["seq 100000000 > f", /seq: /],
    [`${"$(".repeat(300)}echo${")".repeat(300)}`, /nesting/],
    [`${"{ ".repeat(300)}echo; ${"}; ".repeat(300)}`, /nesting/],
    [`echo $((${"(".repeat(500)}1${")".repeat(500)}))`, /recursion|nesting/],
    ["awk '/(/ {print}' /dev/null", /^awk: /],
    ["echo a | sed s/a/b/gg", /^sed: -e expression #1, char 8: multiple `g' options to `s' command/],
    ["awk 'BEGIN { f(1) } function f(n) { f(n+1) }'", /^awk: /],
    ["awk 'BEGIN { x = \"ab\"; while (1) x = x x }'", /^awk: /],
    ["a() { b; }; b() { a; }; a", /maximum function nesting/],
    ['eval() { command eval "$1"; }; x=\'eval "$x"\'; eval "$x"', /./],
  ])("limit %#", (script, message) => {
    const before = performance.now();
    const { stderr, status } = runScript(script);
    expect(stderr).toMatch(message);
    expect(status).not.toBe(undefined);
    expect(performance.now() - before).toBeLessThan(20_000);
  });

  test("grep takes a context of any length", () => {
    expect(runScript("seq 3 | grep -A 99999999999 2")).toMatchObject({ stdout: "2\n3\n", stderr: "", status: 0 });
  });
});

test("[SH-4] a program that throws prints so, and the script continues", () => {
  const machine = testMachine({
    crash: () => {
      throw new TypeError("no such thing");
    },
  });
  expect(runScript("crash; echo $?", { machine })).toMatchObject({
    stdout: "1\n",
    stderr: "crash: internal error: no such thing\n",
  });
});

test.each(["constructor", "__proto__", "toString", "hasOwnProperty", "valueOf"])("%s is an ordinary name", (name) => {
  const script = `${name}=1; echo $${name} \${${name}}; export ${name}; env | grep -c ^${name}=; ${name}; echo $?; awk 'BEGIN { a["${name}"]++; print length(a); print ${name} + 0 }'; unset ${name}; echo "[$${name}]"`;
  const { stdout } = runScript(script);
  expect(stdout).toBe("1 1\n1\n127\n1\n0\n[]\n");
});
