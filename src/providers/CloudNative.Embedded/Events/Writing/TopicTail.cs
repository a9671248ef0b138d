using CloudNative.Embedded.Events.Storage;
using CloudNative.Shared.EventLog;

namespace CloudNative.Embedded.Events.Writing;

/// <summary>The end of a topic within one transaction.</summary>
internal sealed class TopicTail
{
    private readonly long _topic;
    private readonly long _now;
    private long _last;

    /// <param name="connection">In the transaction.</param>
    /// <param name="topic">The topic's id.</param>
    /// <param name="now">The time, in Unix milliseconds. Times never fall along the log, whatever the clock does.</param>
    public TopicTail(EventConnection connection, long topic, long now)
    {
        _topic = topic;
        (_last, var stored) = EventRows.Last(connection, topic);
        _now = Math.Max(now, stored);
    }

    /// <summary>Stores an event, unless it is there already.</summary>
    public void Append(EventConnection connection, in NewEvent item)
    {
        if (EventRows.Insert(connection, _topic, _last + 1, _now, item))
        {
            _last++;
        }
    }
}
