namespace Shop.Web.Panel;

/// <summary>The last attempts that this storefront made, and how many calls in all. Thread-safe.</summary>
internal sealed class RequestLog
{
    private const int Kept = 80;

    private readonly Lock _lock = new();
    private readonly Queue<RequestMark> _last = new(Kept);
    private long _total;
    private long _failed;
    private long _repaired;

    public void Add(RequestMark mark)
    {
        lock (_lock)
        {
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(mark);
            _repaired += mark.Failed ? 1 : 0;
        }
    }

    /// <summary>Counts a call as it ended for the page that made it, after all attempts.</summary>
    public void Count(bool failed)
    {
        lock (_lock)
        {
            _total++;
            _failed += failed ? 1 : 0;
        }
    }

    public RequestSummary Summarise()
    {
        lock (_lock)
        {
            return new RequestSummary([.. _last], _total, _failed, _repaired);
        }
    }
}
