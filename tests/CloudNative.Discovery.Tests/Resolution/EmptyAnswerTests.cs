using CloudNative.Discovery.Tests.Support;

namespace CloudNative.Discovery.Tests.Resolution;

public sealed class EmptyAnswerTests
{
    public static TheoryData<string> EmptyAnswers => ["empty", "not found"];

    [Theory]
    [MemberData(nameof(EmptyAnswers))]
    public async Task Empty_NotConfirmed_InstancesThatAnswerStayForTheGracePeriod(string kind)
    {
        await using var service = await TestService.CreateAsync("a", "b");
        await service.SayAsync(Empty(kind));

        Assert.True(service.Endpoints.Snapshot.IsStale);
        Assert.Equal(["a", "b"], service.Picked(200));
        service.Time.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(["a", "b"], service.Picked(200));

        service.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(service.Endpoints.Snapshot.Endpoints);
        Assert.Equal(ServiceStatus.Known, service.Endpoints.Snapshot.Status);
        Assert.False(service.Endpoints.TryPick(default, out _));
    }

    [Theory]
    [MemberData(nameof(EmptyAnswers))]
    public async Task Empty_OnlyInstanceRestarted_FirstRefusedConnectionRemovesItSoThatCallersWaitForTheNext(string kind)
    {
        await using var service = await TestService.CreateAsync("a");
        await service.SayAsync(Empty(kind));
        service.End("a", EndpointOutcome.Success);
        Assert.Single(service.Endpoints.Snapshot.Endpoints);

        service.End("a", EndpointOutcome.ConnectFailure);

        var empty = service.Endpoints.Snapshot;
        Assert.Equal((ServiceStatus.Known, 0, false), (empty.Status, empty.Endpoints.Length, empty.IsStale));
        var next = service.Endpoints.WaitForChangeAsync(empty, TestContext.Current.CancellationToken);
        service.Source.Say("catalog", Instances.Answer("a2"));
        Assert.Equal("a2", (await Eventually.WithinAsync(next.AsTask())).Endpoints.Single().Instance.Id);
    }

    [Fact]
    public async Task Empty_ServerErrorsOfADoubtedInstance_DoNotRemoveIt()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        await service.SayAsync(EndpointUpdate.Answer([]));

        service.Fail("a", EndpointOutcome.Failure, times: 2);

        Assert.Equal(2, service.Endpoints.Snapshot.Endpoints.Length);
    }

    [Fact]
    public async Task Empty_ConfirmedByTheSource_IsBelievedAtOnce()
    {
        await using var service = await TestService.CreateAsync("a", "b");

        await service.SayAsync(EndpointUpdate.Answer([], confirmed: true));

        Assert.Empty(service.Endpoints.Snapshot.Endpoints);
    }

    [Fact]
    public async Task Empty_SourceChangesItsMind_DoubtEndsAndOldTimersDoNothing()
    {
        await using var service = await TestService.CreateAsync("a", "b");
        await service.SayAsync(EndpointUpdate.Answer([]));
        await service.SayAsync(Instances.Answer("a", "b"));

        service.Time.Advance(TimeSpan.FromMinutes(5));

        Assert.False(service.Endpoints.Snapshot.IsStale);
        Assert.Equal(2, service.Endpoints.Snapshot.Endpoints.Length);
    }

    [Fact]
    public async Task Answer_InstancesLeaveOneByOne_EachIsGoneAtOnce()
    {
        await using var service = await TestService.CreateAsync("a", "b", "c");

        await service.SayAsync(Instances.Answer("a", "b"));
        Assert.Equal(["a", "b"], service.Picked(200));
        await service.SayAsync(Instances.Answer("b"));

        Assert.Equal(["b"], service.Picked(50));
    }

    [Fact]
    public async Task Empty_GracePeriodZero_IsBelievedAtOnce()
    {
        await using var service = await TestService.CreateWithAsync(
            new() { ["CloudNative:Discovery:EmptyAnswerGracePeriod"] = "00:00:00" }, "a");

        await service.SayAsync(EndpointUpdate.Answer([]));

        Assert.Empty(service.Endpoints.Snapshot.Endpoints);
    }

    private static EndpointUpdate Empty(string kind) => kind == "empty" ? EndpointUpdate.Answer([]) : EndpointUpdate.NotFound;
}
