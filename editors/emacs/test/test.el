;;; test.el --- Checks of ros-lsp.el in a real Emacs, in batch -*- lexical-binding: t -*-

;; Environment: SERVER, WORKSPACE (a folder with the templates), PATIENCE (seconds that a check waits).

(require 'ros-lsp)
(require 'cl-lib)
(require 'flymake)
(require 'imenu)
(require 'xref)
(require 'yaml-mode nil t)

(setq ros-lsp-command (list (getenv "SERVER"))
      make-backup-files nil
      create-lockfiles nil
      eglot-sync-connect 30
      eglot-send-changes-idle-time 0.05
      enable-local-variables nil)
(add-hook 'yaml-mode-hook #'ros-lsp-ensure)
(add-hook 'js-json-mode-hook #'ros-lsp-ensure)
(add-hook 'js-mode-hook #'ros-lsp-ensure)

(defun report (name passed seen)
  (princ (if passed (format "ok %s\n" name) (format "not ok %s  # %S\n" name seen))))

(defun wait-for (look &optional seconds)
  "The first value of LOOK that is not nil."
  (let ((end (+ (float-time) (or seconds (string-to-number (getenv "PATIENCE")))))
        found)
    (while (and (not (setq found (ignore-errors (funcall look)))) (< (float-time) end))
      (accept-process-output nil 0.02))
    found))

(defun expect (name expected look &optional seconds)
  "Wait until LOOK gives EXPECTED."
  (let ((seen 'nothing))
    (report name
            (wait-for (lambda () (equal (setq seen (funcall look)) expected)) seconds)
            seen)))

(defun go-to (text)
  "Put point on the first character of TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun diagnostics ()
  "The texts that the diagnostics cover."
  ;; Eglot tells the server of changes when Emacs is idle, which it never is in batch.
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (mapcar (lambda (found)
            (buffer-substring-no-properties (flymake-diagnostic-beg found)
                                            (flymake-diagnostic-end found)))
          (flymake-diagnostics)))

(defun hover ()
  "What Eglot shows in the echo area."
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown (substring-no-properties text))))
    (wait-for (lambda () shown))
    shown))

(defun outline ()
  "Names and the text at their places, nested or flat."
  (let (found)
    (cl-labels ((walk (items)
                  (dolist (item items)
                    (let ((place (if (imenu--subalist-p item) nil (cdr item))))
                      (cond ((not (stringp (car item))))
                            ((imenu--subalist-p item) (walk (cdr item)))
                            (t (goto-char (if (consp place) (car place) place))
                               (when (looking-at "\"?\\([^\":]+\\)")
                                 (push (cons (substring-no-properties (car item))
                                             (match-string-no-properties 1))
                                       found))))))))
      (save-excursion (walk (funcall imenu-create-index-function))))
    found))

(defun references ()
  "The texts from each reference to the name at point to the line's end."
  (mapcar (lambda (found)
            (save-excursion
              (goto-char (xref-location-marker (xref-item-location found)))
              (buffer-substring-no-properties (point) (line-end-position))))
          (ignore-errors (xref-backend-references 'eglot "LSP identifier at point."))))

(defun accept-candidate (label)
  "Complete at point as `completion-at-point' does, with the candidate LABEL."
  (pcase-let* ((`(,start ,end ,table . ,extra) (eglot-completion-at-point))
               (typed (buffer-substring-no-properties start end))
               (all (all-completions typed table (plist-get extra :predicate)))
               (chosen (cl-find label all :test #'string=)))
    (when chosen
      (delete-region start end)
      (insert chosen)
      (funcall (plist-get extra :exit-function) chosen 'finished))))

(defun line-text ()
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defun check-format (format)
  (find-file (expand-file-name (if (equal format "yaml") "network.yml" "network.json")
                               (getenv "WORKSPACE")))
  ;; What Eglot does after each command.
  (run-hooks 'post-command-hook)
  (report (concat "attach " format) (wait-for #'eglot-current-server 30) major-mode)
  (expect (concat "diagnostics " format) '("Vcp") #'diagnostics)

  (go-to "CidrBlock")
  (let ((text (hover)))
    (report (concat "hover " format)
            (and text (string-match-p "CidrBlock.*string.*ALIYUN::ECS::VSwitch" text))
            text))

  (go-to "VSwitchId")
  (let ((found (ignore-errors (xref-backend-definitions 'eglot "LSP identifier at point."))))
    (expect (concat "definition " format) t
            (lambda ()
              (save-excursion
                (let ((marker (xref-location-marker (xref-item-location (car found)))))
                  (goto-char marker)
                  (looking-at "VSwitch\"?:"))))))

  (let ((found (ignore-errors (outline))))
    (report (concat "outline " format)
            (cl-every (lambda (name) (equal (cdr (assoc name found)) name))
                      '("ZoneId" "交换机" "专有网络" "Vpc" "VSwitch"))
            found))

  (go-to "Vcp")
  (eglot-code-action-quickfix (point))
  (expect (concat "fix " format)
          (if (equal format "yaml")
              "  专有网络: {Description: 专有网络 🌏, Value: !Ref Vpc}"
            "    \"专有网络\": {\"Description\": \"专有网络 🌏\", \"Value\": {\"Ref\": \"Vpc\"}}")
          #'line-text)

  (let ((texts (if (equal format "yaml") '("VSwitch.VSwitchId}" "VSwitch:") '("VSwitch\", \"VSwitchId\"]}}," "VSwitch\": {"))))
    (go-to (cadr texts))
    (expect (concat "references " format) texts #'references)
    (eglot-rename "子网")
    (report (concat "rename " format)
            (cl-every (lambda (text)
                        (save-excursion
                          (goto-char (point-min))
                          (search-forward (concat "子网" (substring text (length "VSwitch"))) nil t)))
                      texts)
            (buffer-string)))
  (erase-buffer)
  (insert-file-contents buffer-file-name)
  (expect (concat "misspelt again " format) '("Vcp") #'diagnostics)

  (go-to "Vcp")
  (delete-char 3)
  (insert "V")
  (ignore-errors (accept-candidate "Vpc"))
  (report (concat "completion " format)
          (equal (line-text)
                 (if (equal format "yaml")
                     "  专有网络: {Description: 专有网络 🌏, Value: !Ref Vpc}"
                   "    \"专有网络\": {\"Description\": \"专有网络 🌏\", \"Value\": {\"Ref\": \"Vpc\"}}"))
          (line-text))
  (expect (concat "mended " format) nil #'diagnostics)

  (go-to (if (equal format "yaml") "VSwitchName" "\"VSwitchName"))
  (let ((column (current-column)) start)
    (insert (if (equal format "yaml") "Ta" "\"Ta") "\n" (make-string column ?\s))
    (forward-line -1)
    (setq start (point))
    (end-of-line)
    (ignore-errors (accept-candidate "Tags"))
    (let* ((end (save-excursion (goto-char start) (search-forward "VSwitchName") (line-beginning-position)))
           (text (buffer-substring-no-properties start end)))
      (report (concat "block " format)
              (equal text (if (equal format "yaml") "      Tags:\n        - \n" "        \"Tags\": [],\n"))
              text)))
  (set-buffer-modified-p nil))

(defun check-detection ()
  "Which files count as templates, in YAML and JSON."
  (dolist (expected '("yes" "no"))
    (dolist (file (directory-files (expand-file-name expected (getenv "DETECTION")) t "\\`[^.]"))
      (with-temp-buffer
        (insert-file-contents file)
        (setq buffer-file-name file)
        (report (format "a template or not: %s/%s" expected (file-name-nondirectory file))
                (eq (and (ros-lsp-template-p) t) (equal expected "yes"))
                (not (equal expected "yes")))
        (set-buffer-modified-p nil)
        (setq buffer-file-name nil)))))

;; Eglot gives a server that runs to the other buffers of a project in the same mode; this one comes before.
(unless (getenv "FEATURES_ONLY")
  (check-detection)
  (find-file (expand-file-name "other.yaml" (getenv "WORKSPACE")))
  (run-hooks 'post-command-hook)
  (report "no server elsewhere" (not (eglot-current-server)) (eglot-current-server)))
(check-format "yaml")
(check-format "json")

(kill-emacs 0)
