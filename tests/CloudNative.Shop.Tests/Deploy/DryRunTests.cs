using System.Text.Json.Nodes;
using CloudNative.TestSupport.Kubernetes;
using Xunit.Sdk;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>
/// The manifests at a real API server, without keeping them. Strict: a server of this age drops fields that it does not know without a
/// word, so every field has to come back.
/// </summary>
public sealed class DryRunTests(KubernetesServer server) : IClassFixture<KubernetesServer>
{
    private static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["Namespace"] = "/api/v1/namespaces",
        ["ServiceAccount"] = "/api/v1/namespaces/shop/serviceaccounts",
        ["ConfigMap"] = "/api/v1/namespaces/shop/configmaps",
        ["Service"] = "/api/v1/namespaces/shop/services",
        ["PersistentVolumeClaim"] = "/api/v1/namespaces/shop/persistentvolumeclaims",
        ["Deployment"] = "/apis/apps/v1/namespaces/shop/deployments",
        ["Role"] = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/roles",
        ["RoleBinding"] = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/rolebindings",
        // 1.20 knows the same fields under the name before last.
        ["PodDisruptionBudget"] = "/apis/policy/v1beta1/namespaces/shop/poddisruptionbudgets",
    };

    [Fact]
    public async Task Apply_EveryManifest_IsTakenWithEveryField()
    {
        await StartAsync();
        foreach (var manifest in ManifestFiles.Read())
        {
            await AssertIsTakenAsync(manifest);
        }
    }

    [Fact]
    public async Task Apply_ManifestWithAMistake_IsFoundOut()
    {
        await StartAsync();
        var gateway = ManifestFiles.Read().Single(manifest => manifest is { Kind: "Deployment", Name: "gateway" });

        await AssertIsRefusedAsync(gateway, "imagePullPolise", "Always");
        await AssertIsRefusedAsync(gateway, "workingDir", 5);
        await AssertIsRefusedAsync(gateway, "imagePullPolicy", "Sometimes");
    }

    private async Task StartAsync()
    {
        await server.StartAsync();
        await server.ApplyAsync("/api/v1/namespaces/shop", "apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }");
    }

    private async Task AssertIsRefusedAsync(Manifest manifest, string field, JsonNode value)
    {
        var content = (JsonObject)manifest.Content.DeepClone();
        content["spec"]!["template"]!["spec"]!["containers"]![0]![field] = value;
        var mistaken = manifest with { Yaml = content.ToJsonString(), Content = content };
        await Assert.ThrowsAnyAsync<XunitException>(() => AssertIsTakenAsync(mistaken));
    }

    private async Task AssertIsTakenAsync(Manifest manifest)
    {
        var path = Paths[manifest.Kind];
        var yaml = manifest.Kind == "PodDisruptionBudget"
            ? manifest.Yaml.Replace("policy/v1", "policy/v1beta1", StringComparison.Ordinal)
            : manifest.Yaml;
        var answer = await server.ApplyAsync($"{path}/{manifest.Name}?dryRun=All", yaml);
        foreach (var (name, value) in manifest.Content.Where(field => field.Key != "apiVersion"))
        {
            AssertKept(value, answer[name], $"{manifest}: {name}");
        }
    }

    /// <summary>The server adds defaults; it leaves out nothing that it knows.</summary>
    private static void AssertKept(JsonNode? wanted, JsonNode? kept, string path)
    {
        switch (wanted)
        {
            case JsonObject fields:
                Assert.True(kept is JsonObject, $"{path} was dropped");
                Assert.All(fields, field => AssertKept(field.Value, kept![field.Key], $"{path}.{field.Key}"));
                break;
            case JsonArray items:
                Assert.True(kept is JsonArray, $"{path} was dropped");
                Assert.Equal(items.Count, kept!.AsArray().Count);
                Assert.All(Enumerable.Range(0, items.Count), index => AssertKept(items[index], kept[index], $"{path}[{index}]"));
                break;
            default:
                Assert.True(JsonNode.DeepEquals(wanted, kept), $"{path}: {wanted} became {kept}");
                break;
        }
    }
}
