extern alias cardnetwork;

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc.Testing;

namespace CloudNative.Shop.Tests.CardNetwork;

public sealed class CardNetworkTests : IDisposable
{
    private readonly WebApplicationFactory<cardnetwork::Program> _app = new();
    private readonly HttpClient _client;

    public CardNetworkTests() => _client = _app.CreateClient();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Charge_SameKeyTwice_IsOneCharge()
    {
        await BehaveAsync(failing: 0);

        var first = await ChargeAsync("k1", 10);
        var second = await ChargeAsync("k1", 10);

        Assert.True(first.GetProperty("approved").GetBoolean());
        Assert.Equal(first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task Charge_AboveTheLimit_IsDeclined()
    {
        await BehaveAsync(failing: 0);

        var charge = await ChargeAsync("k1", 100.01m);

        Assert.False(charge.GetProperty("approved").GetBoolean());
        Assert.Contains("100 euros", charge.GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charge_AllAreToFail_Fails()
    {
        await BehaveAsync(failing: 1);

        using var answer = await SendAsync("k1", 10);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task Behaviour_OutOfRange_IsRefused()
    {
        using var answer = await _client.PutAsJsonAsync("/behaviour", new { failing = 1.5 }, Token);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    public void Dispose()
    {
        _client.Dispose();
        _app.Dispose();
    }

    private async Task BehaveAsync(double failing)
    {
        using var answer = await _client.PutAsJsonAsync(
            "/behaviour", new { delay = 0, failing, hanging = 0, cardLimit = 100 }, Token);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<HttpResponseMessage> SendAsync(string key, decimal amount)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/charges") { Content = JsonContent.Create(new { amount }) };
        request.Headers.Add("Idempotency-Key", key);
        return await _client.SendAsync(request, Token);
    }

    private async Task<JsonElement> ChargeAsync(string key, decimal amount)
    {
        using var answer = await SendAsync(key, amount);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }
}
