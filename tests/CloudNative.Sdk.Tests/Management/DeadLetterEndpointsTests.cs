using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CloudNative.Sdk.Tests.Management;

public sealed class DeadLetterEndpointsTests
{
    private readonly FakeDeadLetters _letters = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_PageByPage_ShowsEachOnceAndEnds()
    {
        for (var id = 1; id <= 5; id++)
        {
            _letters.Add(id, "{}"u8.ToArray());
        }

        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();
        var seen = new List<long>();
        long? after = 0;
        for (var pages = 0; after is not null && pages < 5; pages++)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"{ManagedApp.Path}?limit=2&after={after}", Cancel);
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            after = page.TryGetProperty("next", out var next) ? next.GetInt64() : null;
        }

        Assert.Equal([1, 2, 3, 4, 5], seen);
        Assert.Null(after);
    }

    [Fact]
    public async Task List_ByGroup_LeavesOthersOutAndKeepsNothing()
    {
        _letters.Add(1, "{}"u8.ToArray(), "billing");
        _letters.Add(2, "{}"u8.ToArray(), "shipping");
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.GetAsync($"{ManagedApp.Path}?group=shipping&topic=orders", Cancel);
        var page = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(2, Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("id").GetInt64());
        Assert.True(response.Headers.CacheControl?.NoStore);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
    }

    [Theory]
    [InlineData("""{"order":41,"note":"ä"}""", true)]
    [InlineData("{broken", false)]
    [InlineData("", false)]
    public async Task Show_Bytes_AreTextWhenTheyAreJson(string raw, bool isText)
    {
        _letters.Add(7, Encoding.UTF8.GetBytes(raw), value: new()
        {
            Id = "a",
            Source = "/services/orders",
            Type = "orders.placed.v1",
            Key = "41",
            Extensions = new Dictionary<string, object> { ["tenant"] = 5 },
        });
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        var letter = await client.GetFromJsonAsync<JsonElement>($"{ManagedApp.Path}/7", Cancel);

        Assert.Equal(isText, letter.TryGetProperty("text", out var text) && text.GetString() == raw);
        Assert.Equal(!isText, letter.TryGetProperty("base64", out var bytes) && Encoding.UTF8.GetString(bytes.GetBytesFromBase64()) == raw);
        Assert.Equal(2, letter.GetProperty("history").GetArrayLength());
        Assert.Equal("HandlerFailed", letter.GetProperty("failure").GetProperty("reason").GetString());
        Assert.Equal("5", letter.GetProperty("event").GetProperty("extensions").GetProperty("tenant").GetString());
        Assert.Equal(70, letter.GetProperty("position").GetInt64());
    }

    [Fact]
    public async Task Replay_Ids_GoBackAndUnknownOnesArePassedOver()
    {
        _letters.Add(1, []);
        _letters.Add(2, []);
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.PostAsJsonAsync($"{ManagedApp.Path}/replay", new { ids = new[] { 2, 99 } }, Cancel);

        Assert.Equal(1, (await response.Content.ReadFromJsonAsync<JsonElement>(Cancel)).GetProperty("count").GetInt32());
        Assert.Equal([2], _letters.Replayed);
        Assert.Equal(1, _letters.Count);
    }

    [Fact]
    public async Task Discard_Ids_AreGone()
    {
        _letters.Add(1, []);
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.PostAsJsonAsync($"{ManagedApp.Path}/discard", new { ids = new[] { 1 } }, Cancel);
        using var gone = await client.GetAsync($"{ManagedApp.Path}/1", Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Empty(_letters.Replayed);
    }

    [Theory]
    [InlineData("application/json", "{\"ids\":[]}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "null", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"ids\":[\"a\"]}", HttpStatusCode.BadRequest)]
    [InlineData("application/json", "{\"ids\":[1", HttpStatusCode.BadRequest)]
    [InlineData("text/plain", "{\"ids\":[1]}", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("application/x-www-form-urlencoded", "ids=1", HttpStatusCode.UnsupportedMediaType)]
    public async Task Discard_WhatIsNoListOfIds_IsRefusedAndRemovesNothing(string type, string body, HttpStatusCode expected)
    {
        _letters.Add(1, []);
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();
        using var content = new StringContent(body, Encoding.UTF8, type);

        using var response = await client.PostAsync($"{ManagedApp.Path}/discard", content, Cancel);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(1, _letters.Count);
    }

    [Fact]
    public async Task Discard_BodyTooLarge_IsRefused()
    {
        _letters.Add(1, []);
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();
        using var content = new StringContent($"{{\"ids\":[1{new string(' ', 70_000)}]}}", Encoding.UTF8, "application/json");

        using var response = await client.PostAsync($"{ManagedApp.Path}/discard", content, Cancel);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal(1, _letters.Count);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=-1")]
    [InlineData("after=x")]
    [InlineData("after=99999999999999999999")]
    public async Task List_BadQuery_IsRefused(string query)
    {
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.GetAsync($"{ManagedApp.Path}?{query}", Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task List_NoTransport_IsNotFound()
    {
        await using var app = await ManagedApp.StartAsync();
        using var client = app.Client();

        using var response = await client.GetAsync(ManagedApp.Path, Cancel);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task List_StoreIsDown_SaysWhatTheStoreSays()
    {
        _letters.Outage = "CN4005 The disk is full.";
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.GetAsync(ManagedApp.Path, Cancel);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Contains("CN4005", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_Configured_IsUsedAndNothingIsDescribed()
    {
        await using var app = await ManagedApp.StartAsync(_letters, configuration: ("CloudNative:Management:Path", "/ops/all"));
        using var client = app.Client();

        using var moved = await client.GetAsync("/ops/all/dead-letters", Cancel);
        using var old = await client.GetAsync(ManagedApp.Path, Cancel);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (moved.StatusCode, old.StatusCode));
        Assert.All(
            app.Services.GetRequiredService<EndpointDataSource>().Endpoints,
            endpoint => Assert.True(endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>()?.ExcludeFromDescription));
    }

    [Fact]
    public async Task Enabled_False_MapsNothing()
    {
        await using var app = await ManagedApp.StartAsync(_letters, configuration: ("CloudNative:Management:Enabled", "false"));

        Assert.Equal(3, app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Count);
    }

    [Fact]
    public async Task Edit_Text_ChangesTheBytesAndShowsWhoAndWhatTheyWere()
    {
        _letters.Add(1, """{"amount":-1}"""u8.ToArray());
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.PutAsJsonAsync(
            $"{ManagedApp.Path}/1/data", new { text = """{"amount":1}""" }, Cancel);
        var shown = await client.GetFromJsonAsync<JsonElement>($"{ManagedApp.Path}/1", Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("""{"amount":1}""", shown.GetProperty("text").GetString());
        Assert.Equal("""{"amount":-1}""", shown.GetProperty("edit").GetProperty("text").GetString());
        Assert.Equal("a caller on this machine", shown.GetProperty("edit").GetProperty("by").GetString());
        Assert.True(shown.GetProperty("isEdited").GetBoolean());
    }

    [Theory]
    [InlineData(1, "{}", HttpStatusCode.BadRequest)]
    [InlineData(1, """{"text":"a","base64":"YQ=="}""", HttpStatusCode.BadRequest)]
    [InlineData(1, """{"base64":"?"}""", HttpStatusCode.BadRequest)]
    [InlineData(2, """{"base64":"YQ=="}""", HttpStatusCode.NotFound)]
    public async Task Edit_Wrong_IsRefused(long id, string body, HttpStatusCode expected)
    {
        _letters.Add(1, "{}"u8.ToArray());
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        using var response = await client.PutAsync(new Uri($"{ManagedApp.Path}/{id}/data", UriKind.Relative), content, Cancel);

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task ReplayAll_Filtered_SendsThoseBackInOrder()
    {
        for (var id = 1; id <= 205; id++)
        {
            _letters.Add(id, "{}"u8.ToArray(), id % 5 == 0 ? "shipping" : "billing");
        }

        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.PostAsJsonAsync(
            $"{ManagedApp.Path}/replay-all", new { group = "billing", perSecond = 10_000 }, Cancel);
        var count = await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);

        Assert.Equal(164, count.GetProperty("count").GetInt32());
        Assert.Equal(Enumerable.Range(1, 205).Where(id => id % 5 != 0).Select(id => (long)id), _letters.Replayed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task ReplayAll_RateOutOfRange_IsRefused(int perSecond)
    {
        _letters.Add(1, "{}"u8.ToArray());
        await using var app = await ManagedApp.StartAsync(_letters);
        using var client = app.Client();

        using var response = await client.PostAsJsonAsync($"{ManagedApp.Path}/replay-all", new { perSecond }, Cancel);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Empty(_letters.Replayed);
    }
}
