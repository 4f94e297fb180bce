;;; ros-lsp.el --- Eglot starts ros-lsp for Alibaba Cloud ROS templates -*- lexical-binding: t -*-

;; Package-Requires: ((emacs "29.1"))

;;; Commentary:

;; (require 'ros-lsp)
;; (add-hook 'yaml-mode-hook #'ros-lsp-ensure)      ; and the hooks of the other modes that you use
;;
;; Only buffers that are ROS templates get the server; other YAML and JSON files keep theirs.

;;; Code:

(require 'eglot)

(defgroup ros-lsp nil
  "Language server for Alibaba Cloud ROS templates."
  :group 'eglot)

(defcustom ros-lsp-command '("ros-lsp")
  "The server and its arguments."
  :type '(repeat string))

(defcustom ros-lsp-settings nil
  "Settings of the server, the section `ros' as a plist.
For example (:hover (:locale \"zh-CN\")); see docs/configuration.md."
  :type 'plist)

(defconst ros-lsp--version
  (concat "^ROSTemplateFormatVersion[ \t]*:"
          "\\|^'ROSTemplateFormatVersion'[ \t]*:"
          "\\|\"ROSTemplateFormatVersion\"[ \t]*:")
  "The version of a ROS template.")

(defconst ros-lsp--type
  "Type['\"]?[ \t]*:[ \t]*['\"]?\\(?:ALIYUN\\|DATASOURCE\\)::[A-Za-z0-9]"
  "A resource, which makes a ROS template where there is no version.")

(defconst ros-lsp--other-version
  "^FormatVersion[ \t]*:\\|\"FormatVersion\"[ \t]*:[ \t]*\"OOS"
  "The version of a template of the operation orchestration service.
Those inside a ROS template look the same.")

(defun ros-lsp--has (regexp)
  "Whether there is a match of REGEXP in the whole buffer."
  (save-excursion
    (save-restriction
      (widen)
      (goto-char (point-min))
      (re-search-forward regexp nil t))))

(defun ros-lsp-template-p ()
  "Whether the current buffer is a ROS template, by its name or its text."
  (let ((case-fold-search nil))
    (or (and buffer-file-name
             (string-match-p "\\.ros\\.\\(?:ya?ml\\|json\\)\\'" buffer-file-name))
        (ros-lsp--has ros-lsp--version)
        (and (ros-lsp--has ros-lsp--type)
             (not (ros-lsp--has ros-lsp--other-version))))))

(defun ros-lsp--decode-path (path)
  "PATH with its bytes above 127 read as UTF-8."
  (if (string-match-p "[\x3fff80-\x3fffff]" path) (decode-coding-string path 'utf-8) path))

;; Eglot of Emacs 30 takes the bytes of %E4%B8%AD for three characters, finds no buffer of that name, and drops the
;; diagnostics of files below a folder with a name in Chinese.
(unless (equal (eglot-uri-to-path "file:///%E4%B8%AD") "/中")
  (advice-add 'eglot-uri-to-path :filter-return #'ros-lsp--decode-path))

(defun ros-lsp--contact (&rest _)
  "The server for templates, for `eglot-server-programs'."
  (append ros-lsp-command
          (and ros-lsp-settings
               (list :initializationOptions (list :ros ros-lsp-settings)))))

(defun ros-lsp-ensure ()
  "Start ros-lsp with Eglot if the current buffer is a ROS template."
  (interactive)
  (when (ros-lsp-template-p)
    (setq-local eglot-server-programs
                (cons (cons major-mode #'ros-lsp--contact) eglot-server-programs))
    (eglot-ensure)))

(provide 'ros-lsp)
;;; ros-lsp.el ends here
