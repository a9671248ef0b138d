namespace Shop.Web.Orders;

/// <summary>
/// What one page waits for. A page that reads slowly keeps nobody waiting and costs little: an order has few steps, and everything
/// else is a flag. Thread-safe.
/// </summary>
internal sealed class OrderListener(Action<OrderListener> leave, Guid order, bool isBroken) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<OrderStep> _steps = [];
    private TaskCompletionSource _more = NewSignal();
    private bool _isBroken = isBroken;
    private bool _mustLook;

    public Guid Order => order;

    /// <summary>Takes what has come.</summary>
    public OrderNews Take()
    {
        lock (_lock)
        {
            var news = new OrderNews([.. _steps], _isBroken, _mustLook, _more.Task);
            _steps.Clear();
            _mustLook = false;
            return news;
        }
    }

    public void Tell(OrderStep step) => Change(() => _steps.Add(step));

    /// <summary>Steps may come again, or do not.</summary>
    public void Tell(bool isBroken, bool mustLook) => Change(() => (_isBroken, _mustLook) = (isBroken, _mustLook || mustLook));

    public void Dispose() => leave(this);

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Change(Action change)
    {
        lock (_lock)
        {
            change();
            _more.TrySetResult();
            _more = NewSignal();
        }
    }
}
