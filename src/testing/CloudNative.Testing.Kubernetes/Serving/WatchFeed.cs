using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CloudNative.Testing.Kubernetes.Storage;

namespace CloudNative.Testing.Kubernetes.Serving;

/// <summary>One open watch. Written under the lock of the store.</summary>
internal sealed class WatchFeed(StoredKind kind, string? place, Selector selector, bool wantsBookmarks)
{
    // Whoever reads slowly holds nobody up; a real server ends such a watch at some point.
    private readonly Pipe _pipe = new(new PipeOptions(pauseWriterThreshold: 0, useSynchronizationContext: false));
    private readonly Lock _lock = new();
    private bool _isDropped;
    private bool _isEnded;

    public PipeReader Reader => _pipe.Reader;

    public StoredKind Kind => kind;

    public bool WantsBookmarks => wantsBookmarks;

    /// <summary>Timers that end with it.</summary>
    public List<ITimer> Timers { get; } = [];

    /// <summary>
    /// Tells of a change; an object that comes to match is added, one that no longer does is deleted.
    /// </summary>
    public bool Tell(StoredEvent change)
    {
        var isBefore = change.Before is { } before && Covers(before);
        var isAfter = !change.IsDeletion && Covers(change.After);
        return (isBefore, isAfter) switch
        {
            (false, false) => true,
            (false, true) => Write("ADDED", change.After.Bytes),
            (true, true) => Write("MODIFIED", change.After.Bytes),
            (true, false) => Write("DELETED", change.After.Bytes),
        };
    }

    /// <summary>Tells of an object that is there.</summary>
    public bool Tell(StoredObject item) => !Covers(item) || Write("ADDED", item.Bytes);

    // https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks
    public bool Bookmark(long version) => Write("BOOKMARK", JsonSerializer.SerializeToUtf8Bytes(
        new JsonObject
        {
            ["kind"] = kind.Kind,
            ["apiVersion"] = kind.ApiVersion,
            ["metadata"] = new JsonObject { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) },
        },
        JsonText.TypeInfo));

    public void Fail(ApiProblem problem) =>
        Write("ERROR", JsonSerializer.SerializeToUtf8Bytes(problem.ToStatus(), JsonText.TypeInfo));

    /// <summary>From now on nothing comes, and nobody is told.</summary>
    public void Drop()
    {
        lock (_lock)
        {
            _isDropped = true;
        }
    }

    public void End(Exception? failure = null)
    {
        lock (_lock)
        {
            if (_isEnded || (_isDropped && failure is null))
            {
                return;
            }

            _isEnded = true;
            Timers.ForEach(timer => timer.Dispose());
            _pipe.Writer.Complete(failure);
        }
    }

    private bool Covers(StoredObject item) => (place is null || item.Key.Namespace == place) && selector.Matches(item);

    private bool Write(string type, ReadOnlySpan<byte> item)
    {
        lock (_lock)
        {
            if (_isDropped || _isEnded)
            {
                return !_isEnded;
            }

            var writer = _pipe.Writer;
            Append(writer, Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"));
            Append(writer, item);
            Append(writer, "}\n"u8);
            // Without a threshold this never waits; it says whether anybody still reads.
            var flush = writer.FlushAsync();
            return !flush.IsCompletedSuccessfully || !flush.Result.IsCompleted;
        }
    }

    private static void Append(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(writer.GetSpan(bytes.Length));
        writer.Advance(bytes.Length);
    }
}
