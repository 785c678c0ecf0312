// All German sentences: one chunk, for those who read German.
import type { Parts } from "../parts.ts";
import { DE as beyond } from "./beyond.ts";
import { DE as branches } from "./branches.ts";
import { DE as canvas } from "./canvas.ts";
import { DE as change } from "./change.ts";
import { DE as classroom } from "./classroom.ts";
import { DE as classroomButton } from "./classroom-button.ts";
import { DE as console } from "./console.ts";
import { DE as consoleDoor } from "./console-door.ts";
import { DE as desk } from "./desk.ts";
import { DE as diagnosis } from "./diagnosis.ts";
import { DE as editor } from "./editor.ts";
import { DE as editorDoor } from "./editor-door.ts";
import { DE as editorStatus } from "./editor-status.ts";
import { DE as edits } from "./edits.ts";
import { DE as effects } from "./effects.ts";
import { DE as embedDialog } from "./embed-dialog.ts";
import { DE as embedFrame } from "./embed-frame.ts";
import { DE as examples } from "./examples.ts";
import { DE as exports } from "./exports.ts";
import { DE as failure } from "./failure.ts";
import { DE as faultWords } from "./fault-words.ts";
import { DE as faults } from "./faults.ts";
import { DE as faultsSaid } from "./faults-said.ts";
import { DE as frame } from "./frame.ts";
import { DE as gallery } from "./gallery.ts";
import { DE as header } from "./header.ts";
import { DE as health } from "./health.ts";
import { DE as help } from "./help.ts";
import { DE as helpDialog } from "./help-dialog.ts";
import { DE as inspector } from "./inspector.ts";
import { DE as kit } from "./kit.ts";
import { DE as language } from "./language.ts";
import { DE as lessonChecks } from "./lesson-checks.ts";
import { DE as lessonHeads } from "./lesson-heads.ts";
import { DE as lessonHelp } from "./lesson-help.ts";
import { DE as lessonMade } from "./lesson-made.ts";
import { DE as lessons } from "./lessons.ts";
import { DE as lessonsDoor } from "./lessons-door.ts";
import { DE as linkMessage } from "./link-message.ts";
import { DE as linkSaid } from "./link-said.ts";
import { DE as log } from "./log.ts";
import { DE as makeLesson } from "./make-lesson.ts";
import { DE as narration } from "./narration.ts";
import { DE as network } from "./network.ts";
import { DE as news } from "./news.ts";
import { DE as only } from "./only.ts";
import { DE as opening } from "./opening.ts";
import { DE as options } from "./options.ts";
import { DE as page } from "./page.ts";
import { DE as pictureMore } from "./picture-more.ts";
import { DE as policies } from "./policies.ts";
import { DE as policySaid } from "./policy-said.ts";
import { DE as predict } from "./predict.ts";
import { DE as reasons } from "./reasons.ts";
import { DE as request } from "./request.ts";
import { DE as rollingUpdate } from "./rolling-update.ts";
import { DE as rules } from "./rules.ts";
import { DE as scenario } from "./scenario.ts";
import { DE as share } from "./share.ts";
import { DE as shareButton } from "./share-button.ts";
import { DE as shareDialog } from "./share-dialog.ts";
import { DE as simulated } from "./simulated.ts";
import { DE as status } from "./status.ts";
import { DE as store } from "./store.ts";
import { DE as storeMore } from "./store-more.ts";
import { DE as talk } from "./talk.ts";
import { DE as timeline } from "./timeline.ts";
import { DE as tour } from "./tour.ts";
import { DE as ui } from "./ui.ts";
import { DE as uiMore } from "./ui-more.ts";
import { DE as welcome } from "./welcome.ts";
import { DE as whyGateway } from "./why-gateway.ts";
import { DE as whyNames } from "./why-names.ts";
import { DE as whyOutside } from "./why-outside.ts";
import { DE as whyPods } from "./why-pods.ts";
import { DE as whyPolicies } from "./why-policies.ts";
import { DE as whyPorts } from "./why-ports.ts";
import { DE as whyRequests } from "./why-requests.ts";
import { DE as whySelector } from "./why-selector.ts";
import { DE as work } from "./work.ts";
import { DE as workDialog } from "./work-dialog.ts";

export const DE: Parts = {
  beyond,
  branches,
  canvas,
  change,
  classroom,
  "classroom-button": classroomButton,
  console,
  "console-door": consoleDoor,
  desk,
  diagnosis,
  editor,
  "editor-door": editorDoor,
  "editor-status": editorStatus,
  edits,
  effects,
  "embed-dialog": embedDialog,
  "embed-frame": embedFrame,
  examples,
  exports,
  failure,
  "fault-words": faultWords,
  faults,
  "faults-said": faultsSaid,
  frame,
  gallery,
  header,
  health,
  help,
  "help-dialog": helpDialog,
  inspector,
  kit,
  language,
  "lesson-checks": lessonChecks,
  "lesson-heads": lessonHeads,
  "lesson-help": lessonHelp,
  "lesson-made": lessonMade,
  lessons,
  "lessons-door": lessonsDoor,
  "link-message": linkMessage,
  "link-said": linkSaid,
  log,
  "make-lesson": makeLesson,
  narration,
  network,
  news,
  only,
  opening,
  options,
  page,
  "picture-more": pictureMore,
  "policy-said": policySaid,
  policies,
  predict,
  reasons,
  request,
  "rolling-update": rollingUpdate,
  rules,
  share,
  "share-button": shareButton,
  "share-dialog": shareDialog,
  simulated,
  status,
  store,
  "store-more": storeMore,
  talk,
  timeline,
  tour,
  ui,
  "ui-more": uiMore,
  welcome,
  "why-gateway": whyGateway,
  "why-names": whyNames,
  "why-outside": whyOutside,
  "why-pods": whyPods,
  "why-policies": whyPolicies,
  "why-ports": whyPorts,
  "why-requests": whyRequests,
  "why-selector": whySelector,
  scenario,
  work,
  "work-dialog": workDialog,
};
