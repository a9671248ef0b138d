using System.Net;
using System.Text.Json;
using CloudNative.Gateway.Tests.Labs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Gateway.Tests.Failures;

public sealed class FailureAnswerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static Dictionary<string, string?> Impatient { get; } = new(GatewayLab.ToCatalog)
    {
        ["CloudNative:Clients:gateway:WaitForEndpoint"] = "00:00:00",
    };

    [Fact]
    public async Task Answer_NobodyTakesTheRequest_503WithRetryAfterAndNoInternals()
    {
        using var dead = new DeadPort();
        await using var lab = await GatewayLab.StartAsync(Impatient);
        await lab.KnowAsync(dead.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/orders", new StringContent("x"), Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), answer.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal(503, JsonDocument.Parse(text).RootElement.GetProperty("status").GetInt32());
        Assert.NotEmpty(JsonDocument.Parse(text).RootElement.GetProperty("traceId").GetString()!);
        Assert.DoesNotContain("catalog", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("127.0.0.1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answer_UnknownService_503()
    {
        await using var lab = await GatewayLab.StartAsync(Impatient);
        using var client = lab.Client();

        using var answer = await client.GetAsync("/", Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_InstanceBreaksOffBeforeItsAnswer_502()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/", new StringContent("x"), Token);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Null(answer.Headers.RetryAfter);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task Answer_NoAnswerInTime_504()
    {
        var release = new TaskCompletionSource();
        await using var backend = await Backend.StartAsync(_ => release.Task);
        await using var lab = await GatewayLab.StartAsync(new(GatewayLab.ToCatalog)
        {
            ["CloudNative:Clients:gateway:Timeout"] = "00:00:00.200",
        });
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/", new StringContent("x"), Token);
        release.SetResult();

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
    }

    [Fact]
    public async Task Answer_BreaksOffInTheBody_ClientSeesABrokenAnswer()
    {
        await using var backend = await Backend.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("only this much");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/", Token));
    }

    [Fact]
    public async Task Answer_HeadRequest_HasNoBody()
    {
        using var dead = new DeadPort();
        await using var lab = await GatewayLab.StartAsync(Impatient);
        await lab.KnowAsync(dead.Address);
        using var client = lab.Client();

        using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/"), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Answer_ApplicationShapesProblems_ItsShapeIsUsed()
    {
        using var dead = new DeadPort();
        await using var lab = await GatewayLab.StartAsync(Impatient, builder => builder.Services.AddProblemDetails(problems =>
            problems.CustomizeProblemDetails = context => context.ProblemDetails.Extensions["shop"] = "ours"));
        await lab.KnowAsync(dead.Address);
        using var client = lab.Client();

        using var answer = await client.GetAsync("/", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);

        Assert.Equal("ours", JsonDocument.Parse(text).RootElement.GetProperty("shop").GetString());
    }

    [Fact]
    public async Task Answer_ServiceItselfAnswers500_PassesUntouched()
    {
        await using var backend = await Backend.StartAsync(context =>
        {
            context.Response.StatusCode = 500;
            return context.Response.WriteAsync("my own words");
        });
        await using var lab = await GatewayLab.StartAsync();
        await lab.KnowAsync(backend.Address);
        using var client = lab.Client();

        using var answer = await client.PostAsync("/", new StringContent("x"), Token);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Equal("my own words", await answer.Content.ReadAsStringAsync(Token));
    }
}
