using System.Text;
using CloudNative.Kubernetes.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Kubernetes.Tests.Conformance;

public sealed partial class RealServerTests
{
    [Fact]
    public async Task Configuration_OfASecret_IsFollowedThroughACompaction()
    {
        using var api = await ConnectAsync();
        var secret = await api.CreateAsync(KubernetesKinds.Secrets, Secret(Maps.Unique(), "1"), Cancel);
        using var configuration = new ConfigurationManager();
        Add(configuration, secret, KubernetesServer.AdminToken);
        foreach (var value in (string[])["2", "3"])
        {
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = ((IConfiguration)configuration).GetReloadToken()
                .RegisterChangeCallback(_ => changed.TrySetResult(), null);
            secret = await api.ReplaceAsync(
                KubernetesKinds.Secrets, secret with { Data = Secret(string.Empty, value).Data }, Cancel);
            await changed.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancel);
            Assert.Equal(value, configuration["password"]);
            await CompactAsync();
        }
    }

    [Fact]
    public async Task Configuration_RuleOfTheError_IsEnough()
    {
        using var api = await ConnectAsync();
        var secret = await api.CreateAsync(KubernetesKinds.Secrets, Secret(Maps.Unique(), "1"), Cancel);
        using var configuration = new ConfigurationManager();
        var failure = Assert.Throws<KubernetesConfigurationException>(() => Add(configuration, secret, PowerlessToken));
        var refused = Assert.IsType<KubernetesForbiddenException>(failure.InnerException);
        Assert.Contains($"resourceNames: [\"{secret.Metadata.Name}\"]", refused.Rule, StringComparison.Ordinal);
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles",
            $"""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {"{name: settings, namespace: default}"}
            rules:
            {refused.Rule}
            """);
        await server.CreateAsync(
            "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings",
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: settings, namespace: default}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: settings}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: powerless}]
            """);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30), TimeProvider.System);
        while (configuration["password"] is null)
        {
            try
            {
                Add(configuration, secret, PowerlessToken);
            }
            catch (KubernetesConfigurationException)
            {
                // The server takes a moment to see the role.
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, patience.Token);
            }
        }

        Assert.Equal("1", configuration["password"]);
    }

    private static KubernetesSecret Secret(string name, string password) => new()
    {
        Metadata = Maps.Of(name).Metadata,
        Data = new Dictionary<string, byte[]> { ["password"] = Encoding.UTF8.GetBytes(password) },
    };

    private void Add(ConfigurationManager configuration, KubernetesSecret secret, string token)
    {
        configuration.Sources.Clear();
        configuration.AddKubernetesSecret(source => (source.Name, source.Connection) = (secret.Metadata.Name!, Options(token)));
    }
}
