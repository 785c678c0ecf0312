// A short message to the visitor, such as the API server's refusal.
import { X } from "lucide-react";
import { useEffect } from "react";
import { useApp, usePlayground } from "../store/react.ts";
import "./notice.css";
import { W } from "../../words/en/ui.ts";

const NOTICE_MS = 6_000;

export function NoticeBar() {
  const playground = usePlayground();
  const notice = useApp((state) => state.notice);
  useEffect(() => {
    if (notice === undefined || notice.tone === "error") return;
    const timer = setTimeout(() => playground.dismissNotice(), NOTICE_MS);
    return () => clearTimeout(timer);
  }, [notice, playground]);
  return (
    <div className="notices" role="status">
      {notice !== undefined && (
        <p className="notice" data-tone={notice.tone}>
          {notice.text}
          {notice.offer !== undefined && (
            <button
              type="button"
              className="button"
              onClick={() => {
                playground.dismissNotice();
                notice.offer?.act();
              }}
            >
              {notice.offer.name}
            </button>
          )}
          <button
            type="button"
            className="button plain icon"
            aria-label={W.dismiss}
            onClick={() => playground.dismissNotice()}
          >
            <X size={14} aria-hidden="true" />
          </button>
        </p>
      )}
    </div>
  );
}
