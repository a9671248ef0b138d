using CloudNative.Kubernetes.Tests.Support;
using CloudNative.Testing.Conformance;

namespace CloudNative.Kubernetes.Tests.Conformance;

/// <summary>What every provider of leases must do, on the stand-in.</summary>
public sealed class StandInLeaseTests : LeaseProviderConformance
{
    private readonly KubernetesTestServer _server = new();

    protected override async ValueTask<LeaseSubject> CreateAsync() =>
        await LeasePair.CreateAsync(new KubernetesOptions { Server = "http://stand-in" }, _server.CreateHandler);
}
