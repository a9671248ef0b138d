using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace CloudNative.Sdk.Tests.Webhooks;

public sealed class EventWebhookTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_InEachMode_IsStoredAndHandled()
    {
        await using var app = await WebhookApp.StartAsync();
        using var client = app.Client();

        using var binary = await SendAsync(client, "{\"number\":1}", "application/json", ("ce-specversion", "1.0"), ("ce-id", "a"),
            ("ce-source", "/parcels"), ("ce-type", "parcels.packed.v1"));
        using var structured = await SendAsync(client, Structured("b", 2), "application/cloudevents+json; charset=utf-8");
        using var batch = await SendAsync(
            client, $"[{Structured("c", 3)},{Structured("d", 4)}]", "application/cloudevents-batch+json");

        Assert.Equal(
            [HttpStatusCode.NoContent, HttpStatusCode.NoContent, HttpStatusCode.NoContent],
            new[] { binary.StatusCode, structured.StatusCode, batch.StatusCode });
        Assert.Equal([(1, "a"), (2, "b"), (3, "c"), (4, "d")], (await app.Handled.TakeAsync(4)).Order());
    }

    [Theory]
    [InlineData("{broken", "application/cloudevents+json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/cloudevents+json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("x", "application/cloudevents+avro", HttpStatusCode.UnsupportedMediaType)]
    public async Task Post_Nonsense_IsRefusedWithWhatIsWrong(string body, string contentType, HttpStatusCode expected)
    {
        await using var app = await WebhookApp.StartAsync();
        using var client = app.Client();

        using var response = await SendAsync(client, body, contentType);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("\"detail\"", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_BodyTooLong_IsRefusedWhetherItsLengthIsToldOrNot(bool isChunked)
    {
        await using var app = await WebhookApp.StartAsync(options => options.MaxRequestBytes = 100);
        using var client = app.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, WebhookApp.Path);
        request.Content = Content(new string('x', 101), "application/json");
        request.Headers.TransferEncodingChunked = isChunked;

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Post_MoreThanTheRate_IsToldWhenToComeAgain()
    {
        await using var app = await WebhookApp.StartAsync(options => options.RequestsPerMinute = 1);
        using var client = app.Client();

        using var first = await SendAsync(client, Structured("a", 1), "application/cloudevents+json");
        using var second = await SendAsync(client, Structured("b", 2), "application/cloudevents+json");

        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.InRange(second.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Post_NobodySaidWhoMaySend_IsRefusedAndToldOnce()
    {
        await using var app = await WebhookApp.StartAsync(guard: _ => { });
        using var client = app.Client();

        using var first = await SendAsync(client, Structured("a", 1), "application/cloudevents+json");
        using var second = await SendAsync(client, Structured("a", 1), "application/cloudevents+json");

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized], new[] { first.StatusCode, second.StatusCode });
        Assert.StartsWith("CN1021 ", Assert.Single(app.Logged(LogLevel.Error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_NobodyStoresEvents_IsToldToComeAgain()
    {
        await using var app = await WebhookApp.StartAsync(hasTransport: false);
        using var client = app.Client();

        using var response = await SendAsync(client, Structured("a", 1), "application/cloudevents+json");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("'parcels'", Assert.Single(app.Logged(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("eventgrid.azure.net", "120", HttpStatusCode.OK, "100")]
    [InlineData("EventGrid.azure.net", "60", HttpStatusCode.OK, "60")]
    [InlineData("eventgrid.azure.net", null, HttpStatusCode.OK, "100")]
    [InlineData("eventgrid.azure.net", "soon", HttpStatusCode.OK, "100")]
    [InlineData("elsewhere.example", "60", HttpStatusCode.Forbidden, null)]
    [InlineData(null, null, HttpStatusCode.NoContent, null)]
    public async Task Options_Handshake_GrantsToThoseWhoAreAllowed(string? origin, string? rate, HttpStatusCode expected, string? granted)
    {
        await using var app = await WebhookApp.StartAsync(
            options =>
            {
                options.AllowedOrigins.Add("eventgrid.azure.net");
                options.RequestsPerMinute = 100;
            },
            guard: _ => { });
        using var client = app.Client();
        using var request = new HttpRequestMessage(HttpMethod.Options, WebhookApp.Path);
        request.Headers.TryAddWithoutValidation("WebHook-Request-Origin", origin is null ? [] : [origin]);
        request.Headers.TryAddWithoutValidation("WebHook-Request-Rate", rate is null ? [] : [rate]);

        using var response = await client.SendAsync(request, Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(["OPTIONS", "POST"], response.Content.Headers.Allow.Order(StringComparer.Ordinal));
        Assert.Equal(granted is null ? [] : [origin!], Values(response, "WebHook-Allowed-Origin"));
        Assert.Equal(granted is null ? [] : [granted], Values(response, "WebHook-Allowed-Rate"));
    }

    [Fact]
    public async Task Map_TopicOrOptionThatCannotBe_Throws()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => WebhookApp.StartAsync(options => options.RequestsPerMinute = 0));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => WebhookApp.StartAsync(options => options.MaxRequestBytes = 0));
        await using var app = WebApplication.CreateBuilder().Build();
        Assert.Throws<ArgumentException>(() => app.MapEventWebhook("/x", "no topic"));
    }

    private static IEnumerable<string> Values(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values : [];

    private static string Structured(string id, int number) =>
        $$"""{"specversion":"1.0","id":"{{id}}","source":"/parcels","type":"parcels.packed.v1","data":{"number":{{number}} } }""";

    private static ByteArrayContent Content(string body, string contentType)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient client, string body, string contentType, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, WebhookApp.Path) { Content = Content(body, contentType) };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return client.SendAsync(request, Cancel);
    }
}
