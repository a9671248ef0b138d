namespace Shop.Web.Panel;

/// <summary>The last requests that this storefront made, and how many in all. Thread-safe.</summary>
internal sealed class RequestLog
{
    private const int Kept = 80;

    private readonly Lock _lock = new();
    private readonly Queue<RequestMark> _last = new(Kept);
    private long _total;
    private long _failed;

    public void Add(RequestMark mark)
    {
        lock (_lock)
        {
            if (_last.Count == Kept)
            {
                _last.Dequeue();
            }

            _last.Enqueue(mark);
            _total++;
            _failed += mark.Failed ? 1 : 0;
        }
    }

    public RequestSummary Summarise()
    {
        lock (_lock)
        {
            return new RequestSummary([.. _last], _total, _failed);
        }
    }
}
