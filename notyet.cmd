@echo off
rem Runs the program of this folder on this folder; see README.md to set it up.
setlocal
set "here=%~dp0."
set "program=%~dp0.venv\Scripts\notyet.exe"
if not exist "%program%" (
  echo notyet: not set up yet; run: py -m venv .venv, then .venv\Scripts\pip install -r requirements\run.txt -e . 1>&2
  exit /b 2
)
"%program%" --root "%here%" %*
exit /b %errorlevel%
