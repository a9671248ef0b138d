using CloudNative.Discovery.Balancing;
using CloudNative.Discovery.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Discovery.Tests.Balancing;

public sealed class SubsetTests
{
    private static readonly string[] All = [.. Enumerable.Range(0, 20).Select(index => $"i{index}")];

    [Fact]
    public async Task TryPick_Subset_OneProcessCallsSoManyAndAlwaysTheSame()
    {
        await using var service = await TestService.CreateAsync(All);

        var first = Called(service, 5);

        Assert.Equal(5, first.Length);
        Assert.Equal(first, Called(service, 5));
        Assert.Equal(20, Called(service, 20).Length);
        Assert.Equal(20, Called(service, 0).Length);
    }

    [Fact]
    public async Task TryPick_OneOfTheSubsetDies_AnotherTakesItsPlaceUntilItIsBack()
    {
        await using var service = await TestService.CreateAsync(All);
        var before = Called(service, 5);

        service.Fail(before[0], EndpointOutcome.ConnectFailure, times: 3);
        var meanwhile = Called(service, 5);
        Assert.Equal(before[1..], meanwhile.Intersect(before));
        Assert.Equal(5, meanwhile.Length);
        service.Time.Advance(TimeSpan.FromSeconds(2));
        service.Shares(service.Balancer(new() { SubsetSize = 5 }), 1);

        Assert.Equal(before, Called(service, 5));
    }

    [Fact]
    public async Task TryPick_OneOutsideTheSubsetDies_NothingChangesAndItGetsNoTrial()
    {
        await using var service = await TestService.CreateAsync(All);
        var before = Called(service, 5);
        var other = All.Except(before).First();

        service.Fail(other, EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(before, Called(service, 5));
    }

    [Fact]
    public void Of_ManyProcesses_InstancesAreCalledByAboutEquallyMany()
    {
        const int Processes = 1000;
        var called = new Dictionary<string, int>();
        var builder = (string id) => new SelectionBuilder(
            new Chance(1), new Vantage(new Lazy<ServiceInfo>(new ServiceInfo { Name = "caller", InstanceId = id })), TimeProvider.System);
        using var services = new ServiceCollection().AddCloudNativeDiscovery().BuildServiceProvider();
        var balancer = services.GetRequiredService<LoadBalancers>().Get(new() { SubsetSize = 5 });
        var members = All.Select(id => new Member(Instances.Of(id), null!, TimeProvider.System.TimestampFrequency)).ToArray();

        for (var process = 0; process < Processes; process++)
        {
            foreach (var target in builder($"process-{process}").Build(default, balancer, members, 50, 0).Targets)
            {
                var id = target.Member.State.Instance.Id;
                called[id] = called.GetValueOrDefault(id) + 1;
            }
        }

        Assert.All(All, id => Assert.InRange(called[id], 200, 300));
    }

    private static string[] Called(TestService service, int size)
    {
        var balancer = service.Balancer(new() { SubsetSize = size });
        return [.. service.Drawn(balancer, 2000).Where(share => share.Value > 0).Select(share => share.Key).Order()];
    }
}
