using CloudNative.Leases;

namespace CloudNative.Hosting.Tests.Leadership;

internal sealed class TermService(Terms terms) : ILeaderService
{
    public Task RunAsync(ILease leadership, CancellationToken cancellationToken) => terms.RunAsync(leadership, cancellationToken);
}
