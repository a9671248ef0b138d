using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Status = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace CloudNative.Grpc.AspNetCore.Tests.Probing;

/// <summary>The health service of a real server, asked as a platform or a client does.</summary>
public sealed class ServiceHealthTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("")]
    [InlineData("ready")]
    [InlineData("grpc.health.v1.Health")]
    public async Task Check_OfReadiness_FollowsTheHealthChecks(string service)
    {
        await using var host = await ServerHost.StartAsync();
        using var watch = host.Health.Watch(new HealthCheckRequest { Service = service }, cancellationToken: Cancelled);
        Assert.Equal(Status.Serving, await watch.ResponseStream.NextAsync());
        Assert.Equal(Status.Serving, (await host.CheckAsync(service)).Status);

        host.Result = HealthCheckResult.Unhealthy();
        Assert.Equal(Status.NotServing, await watch.ResponseStream.NextAsync());
        Assert.Equal(Status.NotServing, (await host.CheckAsync(service)).Status);
        Assert.Equal(Status.Serving, (await host.CheckAsync("live")).Status);
        Assert.Equal(Status.Serving, (await host.CheckAsync("startup")).Status);

        host.Result = HealthCheckResult.Degraded();
        Assert.Equal(Status.Serving, await watch.ResponseStream.NextAsync());
    }

    [Fact]
    public async Task Check_ServiceThatIsNotMapped_IsNotFound()
    {
        await using var host = await ServerHost.StartAsync();
        var failure = await Assert.ThrowsAsync<RpcException>(() => host.CheckAsync("shop.Catalog"));
        Assert.Equal(StatusCode.NotFound, failure.StatusCode);
    }

    [Fact]
    public async Task Watch_ServiceThatIsNotMapped_SaysSoAndStays()
    {
        await using var host = await ServerHost.StartAsync();
        using var watch = host.Health.Watch(new HealthCheckRequest { Service = "shop.Catalog" }, cancellationToken: Cancelled);
        Assert.Equal(Status.ServiceUnknown, await watch.ResponseStream.NextAsync());
        var next = watch.ResponseStream.MoveNext(Cancelled);
        await host.StopAsync();
        await Assert.ThrowsAsync<RpcException>(() => next);
    }

    [Fact]
    public async Task Watch_ServiceStops_SaysSoAndEnds()
    {
        await using var host = await ServerHost.StartAsync();
        using var watch = host.Health.Watch(new HealthCheckRequest(), cancellationToken: Cancelled);
        Assert.Equal(Status.Serving, await watch.ResponseStream.NextAsync());
        var stopping = host.StopAsync();
        Assert.Equal(Status.NotServing, await watch.ResponseStream.NextAsync());
        var failure = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.Unavailable, failure.StatusCode);
        await stopping;
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task Reflection_IsThereInDevelopmentOnly(string environment, bool isThere)
    {
        await using var host = await ServerHost.StartAsync(environment);
        async Task<IEnumerable<string>> ListAsync()
        {
            using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo(cancellationToken: Cancelled);
            await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancelled);
            Assert.True(await call.ResponseStream.MoveNext(Cancelled));
            return call.ResponseStream.Current.ListServicesResponse.Service.Select(service => service.Name);
        }

        if (isThere)
        {
            Assert.Contains("grpc.health.v1.Health", await ListAsync());
        }
        else
        {
            var failure = await Assert.ThrowsAsync<RpcException>(ListAsync);
            Assert.Equal(StatusCode.Unimplemented, failure.StatusCode);
        }
    }

    [Fact]
    public async Task Map_WithoutAdd_SaysWhatIsMissing()
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();
        var failure = Assert.Throws<InvalidOperationException>(() => app.MapCloudNativeGrpc());
        Assert.StartsWith("CN3101", failure.Message, StringComparison.Ordinal);
    }
}
