using CloudNative.Embedded.Events.Storage;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>What the requests of one transaction have in common.</summary>
/// <param name="connection">The connection it runs on.</param>
/// <param name="now">The time, in Unix milliseconds.</param>
internal sealed class WriteScope(EventConnection connection, long now) : ILogScope
{
    private readonly Dictionary<string, TopicTail> _tails = new(StringComparer.Ordinal);
    private readonly Dictionary<object, IShareWrite> _shares = [];

    public long Now => now;

    /// <summary>Whether other members and processes should look.</summary>
    public bool IsTold { get; private set; }

    /// <summary>Whether somebody has seen that the log has room for what one transaction takes.</summary>
    public bool HasRoom { get; set; }

    public void TellOthers() => IsTold = true;

    public TopicTail TailOf(string topic)
    {
        if (!_tails.TryGetValue(topic, out var tail))
        {
            tail = new TopicTail(connection, TopicRows.FindOrAdd(connection, topic), now);
            _tails.Add(topic, tail);
        }

        return tail;
    }

    /// <summary>What the transaction does to a share; made at the first settlement.</summary>
    public T ShareWriteOf<T>(object share, Func<T> create)
        where T : IShareWrite
    {
        if (!_shares.TryGetValue(share, out var write))
        {
            write = create();
            _shares.Add(share, write);
        }

        return (T)write;
    }

    /// <summary>Writes what was gathered, after the last request.</summary>
    public void Finish()
    {
        foreach (var write in _shares.Values)
        {
            write.Finish(connection);
        }
    }

    /// <summary>Tells the shares that what they gathered is in the store.</summary>
    public void Committed()
    {
        foreach (var write in _shares.Values)
        {
            write.Committed();
        }
    }
}
