using CloudNative.Eventing;

namespace CloudNative.Testing.Agent.Client;

internal sealed record WireSeek(string Topic, string Group, long? Position, DateTimeOffset? Time)
{
    public ReplayPoint ToPoint() => Time is { } time ? ReplayPoint.Since(time) : ReplayPoint.At(Position ?? 0);
}
