namespace CloudNative.Discovery.Registration;

/// <summary>
/// Pauses between attempts: doubling from 1 s to 30 s, each drawn from its upper half so that a fleet does not march in
/// step.
/// </summary>
internal sealed class Retry(TimeProvider time)
{
    private const double LongestSeconds = 30;
    private int _attempts;

    public bool IsFirst => _attempts == 0;

    public Task WaitAsync(CancellationToken cancellationToken)
    {
        var longest = Math.Min(LongestSeconds, Math.Pow(2, Math.Min(_attempts++, 10)));
        var pause = TimeSpan.FromSeconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        return Task.Delay(pause, time, cancellationToken);
    }
}
