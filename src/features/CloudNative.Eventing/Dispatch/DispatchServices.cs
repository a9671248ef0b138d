using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CloudNative.Eventing.Dispatch;

/// <summary>What all dispatchers of a host share.</summary>
internal sealed class DispatchServices(
    IServiceScopeFactory scopes, IEnumerable<IInboxStore> inboxes, RetryJitter jitter, TimeProvider time, ILoggerFactory loggers)
{
    public IServiceScopeFactory Scopes { get; } = scopes;

    public IReadOnlyList<IInboxStore> Inboxes { get; } = [.. inboxes];

    public RetryJitter Jitter { get; } = jitter;

    public TimeProvider Time { get; } = time;

    public ILoggerFactory Loggers { get; } = loggers;
}
