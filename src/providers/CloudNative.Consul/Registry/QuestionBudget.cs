namespace CloudNative.Consul.Registry;

/// <summary>
/// Bounds how often one watch asks: a few times at once, so that a change is seen when it comes, then twice a second, so that a service
/// that changes all the time does not keep everybody busy. Not thread-safe.
/// </summary>
internal sealed class QuestionBudget(TimeProvider time)
{
    /// <summary>Questions without a pause.</summary>
    public const int Burst = 10;

    /// <summary>Questions a second in the long run.</summary>
    public const double PerSecond = 2;

    private double _left = Burst;
    private long _counted = time.GetTimestamp();

    /// <summary>Waits until another question may be asked, and counts it.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + (time.GetElapsedTime(_counted, now).TotalSeconds * PerSecond));
        _counted = now;
        _left--;
        if (_left < 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(-_left / PerSecond), time, cancellationToken).ConfigureAwait(false);
        }
    }
}
