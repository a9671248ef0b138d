namespace CloudNative.Comparison.Events;

/// <summary>Counts what was handled. A singleton of each peer's container.</summary>
public sealed class SaleCounter
{
    private TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left;

    /// <summary>Completes when so many more were handled.</summary>
    public Task Expect(int count)
    {
        _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _left, count);
        return _done.Task;
    }

    public void Handled(Sale sale)
    {
        ArgumentNullException.ThrowIfNull(sale);
        if (Interlocked.Decrement(ref _left) == 0)
        {
            _done.TrySetResult();
        }
    }
}
