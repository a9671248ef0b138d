using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Balancing;

/// <summary>Instances with a higher number of priority serve only when none with a lower one is healthy.</summary>
public sealed class ServingLevelTests
{
    [Fact]
    public async Task TryPick_AllOfTheFirstPriorityAnswerBadly_TheBackupServesRatherThanThem()
    {
        await using var service = await CreateAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            service.Fail(id, EndpointOutcome.Failure, times: 3);
        }

        Assert.Equal(["backup"], service.Picked(200, EndpointOutcome.Abandoned));
    }

    [Fact]
    public async Task TryPick_OneOfTheFirstPriorityIsHealthy_TheBackupDoesNotServe()
    {
        await using var service = await CreateAsync();
        service.Fail("a", EndpointOutcome.ConnectFailure, times: 3);
        service.Fail("b", EndpointOutcome.ConnectFailure, times: 3);

        Assert.Equal(["c"], service.Picked(200));
    }

    [Fact]
    public async Task TryPick_TheBackupServes_TheFirstPriorityIsTriedAndTakesOverAgain()
    {
        await using var service = await CreateAsync();
        foreach (var id in new[] { "a", "b", "c" })
        {
            service.Fail(id, EndpointOutcome.ConnectFailure, times: 3);
        }

        service.Time.Advance(TimeSpan.FromSeconds(1.2));
        Assert.Contains(service.Endpoints.PickAndComplete(), new[] { "a", "b", "c" });

        Assert.DoesNotContain("backup", service.Picked(200));
    }

    [Fact]
    public async Task TryPick_TheBackupIsEjectedWhileOthersServe_ItGetsNoTrial()
    {
        await using var service = await CreateAsync();
        service.Fail("backup", EndpointOutcome.ConnectFailure, times: 3);
        service.Time.Advance(TimeSpan.FromMinutes(1));

        Assert.DoesNotContain("backup", service.Picked(200));
    }

    private static Task<TestService> CreateAsync() => TestService.CreateOfAsync(
        Instances.Of("a"), Instances.Of("b"), Instances.Of("c"), Instances.Of("backup") with { Priority = 1 });
}
