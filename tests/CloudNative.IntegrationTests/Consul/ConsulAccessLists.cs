using System.Net.Http.Json;
using System.Text.Json;

namespace CloudNative.IntegrationTests.Consul;

/// <summary>Makes tokens at a server that has access lists.</summary>
internal static class ConsulAccessLists
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A token that may do what the rules say, in Consul's words.</summary>
    public static async Task<string> CreateTokenAsync(this ConsulServer server, string rules)
    {
        var name = $"policy-{Guid.NewGuid():N}";
        await PutAsync(server, "/v1/acl/policy", $$"""{ "Name": "{{name}}", "Rules": {{JsonSerializer.Serialize(rules)}} }""");
        var token = await PutAsync(server, "/v1/acl/token", $$"""{ "Policies": [{ "Name": "{{name}}" }] }""");
        return token.GetProperty("SecretID").GetString()!;
    }

    private static async Task<JsonElement> PutAsync(ConsulServer server, string path, string json)
    {
        using var content = new StringContent(json);
        using var response = await server.Client.PutAsync(path, content, Cancel);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(Cancel));
        return await response.Content.ReadFromJsonAsync<JsonElement>(Cancel);
    }
}
