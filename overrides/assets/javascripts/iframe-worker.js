/* Lets the search work from a disk. There, browsers start no workers, so its script runs in a hidden frame instead:
   the theme's search knows such a frame by the name IFrameWorker. Written for browsers of 2023 and later. */
(function () {
  "use strict";
  if (location.protocol !== "file:") return;

  function IFrameWorker(address) {
    var listeners = [];
    var waiting = [];
    var ready = false;
    var home = new URL(address, location.href).href;
    var frame = document.createElement("iframe");
    frame.hidden = true;
    frame.title = "Search";
    document.body.appendChild(frame);

    var inside = frame.contentWindow;
    inside.document.open();
    inside.document.write("<!doctype html><title>Search</title>");
    inside.document.close();

    function load(source) {
      return new Promise(function (done, failed) {
        var script = inside.document.createElement("script");
        script.src = new URL(source, home).href;
        script.onload = done;
        script.onerror = failed;
        inside.document.head.appendChild(script);
      });
    }

    function tell(data) {
      inside.dispatchEvent(new inside.MessageEvent("message", { data: data }));
    }

    inside.postMessage = function (data) {
      setTimeout(function () {
        var event = new MessageEvent("message", { data: data });
        listeners.slice().forEach(function (listener) {
          listener.call(worker, event);
        });
      });
    };
    inside.importScripts = function () {
      return Array.prototype.reduce.call(arguments, function (before, source) {
        return before.then(function () { return load(source); });
      }, Promise.resolve());
    };

    var worker = this;
    this.addEventListener = function (type, listener) {
      if (type === "message") listeners.push(listener);
    };
    this.removeEventListener = function (type, listener) {
      listeners = listeners.filter(function (each) { return each !== listener; });
    };
    this.postMessage = function (data) {
      if (ready) setTimeout(tell, 0, data);
      else waiting.push(data);
    };
    this.terminate = function () { frame.remove(); };

    load(home).then(function () {
      ready = true;
      waiting.forEach(tell);
    });
  }

  window.IFrameWorker = window.Worker = IFrameWorker;
})();
