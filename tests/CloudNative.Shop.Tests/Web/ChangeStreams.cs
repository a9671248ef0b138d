using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Net.Http.Headers;
using System.Text;

namespace CloudNative.Shop.Tests.Web;

/// <summary>
/// What ordering streams at <c>/orders/changes</c>: goes on after <c>Last-Event-ID</c>, and breaks when the test says so.
/// </summary>
internal sealed class ChangeStreams
{
    private readonly Lock _lock = new();
    private readonly List<(Guid Order, string Status)> _log = [];
    private readonly List<Stream> _open = [];

    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody follows.</summary>
    public Task Followed => _asked.Task;

    /// <summary>The <c>Last-Event-ID</c> of each request, empty where there was none.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public HttpResponseMessage Open(HttpRequestMessage request)
    {
        var place = request.Headers.TryGetValues("Last-Event-ID", out var values) ? values.Single() : "";

        // Never full: the test writes whether or not somebody reads.
        var pipe = new Pipe(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
        lock (_lock)
        {
            var begin = place.Length == 0 ? _log.Count : int.Parse(place, CultureInfo.InvariantCulture);
            var stream = pipe.Writer.AsStream();
            Write(stream, "alive", begin, "null");
            for (var at = begin; at < _log.Count; at++)
            {
                Write(stream, at);
            }

            _open.Add(stream);
        }

        Asked.Enqueue(place);
        _asked.TrySetResult();
        return new HttpResponseMessage
        {
            Content = new StreamContent(pipe.Reader.AsStream())
            {
                Headers = { ContentType = new MediaTypeHeaderValue("text/event-stream") },
            },
        };
    }

    public void Add(Guid order, string status)
    {
        lock (_lock)
        {
            _log.Add((order, status));
            _open.ForEach(stream => Write(stream, _log.Count - 1));
        }
    }

    /// <summary>Ends all streams, as a stop of ordering does.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _open.ForEach(stream => stream.Dispose());
            _open.Clear();
        }
    }

    private void Write(Stream stream, int at) => Write(
        stream,
        "change",
        at + 1,
        $$"""{"sequence":{{at + 1}},"orderId":"{{_log[at].Order}}","number":1,"status":"{{_log[at].Status}}"}""");

    private static void Write(Stream stream, string type, int id, string data)
    {
        stream.Write(Encoding.UTF8.GetBytes($"event: {type}\nid: {id}\ndata: {data}\n\n"));
        stream.Flush();
    }
}
