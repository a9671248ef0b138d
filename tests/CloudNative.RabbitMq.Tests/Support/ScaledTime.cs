namespace CloudNative.RabbitMq.Tests.Support;

/// <summary>A clock that runs so many times faster.</summary>
internal sealed class ScaledTime
{
    private const int Factor = 120;

    private readonly DateTimeOffset _begun = TimeProvider.System.GetUtcNow();

    public DateTimeOffset Now => ToScaled(TimeProvider.System.GetUtcNow());

    public TimeSpan ToReal(TimeSpan time) => time / Factor;

    public DateTimeOffset ToScaled(DateTimeOffset real) => _begun + ((real - _begun) * Factor);
}
