using System.Text.Json.Nodes;

namespace CloudNative.Shop.Tests.Deploy;

/// <summary>What a cluster, and those who run it, ask of every pod.</summary>
public sealed class ManifestTests
{
    // Wait, drain and closing, as the lifecycle has them by default.
    private const int StopSeconds = 35;

    private static IEnumerable<Manifest> Deployments => Of("Deployment");

    [Fact]
    public void Kustomization_ListsEveryFile() => Assert.Equal(ManifestFiles.Present().Order(), ManifestFiles.Listed().Order());

    // https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
    [Fact]
    public void Pods_KeepToTheRestrictedProfile() => Assert.All(Deployments, deployment =>
    {
        var pod = deployment.PodSpec;
        Assert.True(pod["securityContext"]!["runAsNonRoot"]!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", Manifest.Text(pod["securityContext"]!["seccompProfile"]!["type"]));
        Assert.All<string>(["hostNetwork", "hostPID", "hostIPC"], forbidden => Assert.Null(pod[forbidden]));
        var allowed = new[] { "emptyDir", "persistentVolumeClaim", "configMap", "secret", "projected" };
        Assert.All(pod["volumes"]!.AsArray(), volume => Assert.Contains(allowed, kind => volume![kind] is not null));

        var security = deployment.Container["securityContext"]!;
        Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.Equal(["ALL"], security["capabilities"]!["drop"]!.AsArray().Select(Manifest.Text));
    });

    [Fact]
    public void Pods_HaveProbesLimitsAVersionAndTimeToStop() => Assert.All(Deployments, deployment =>
    {
        Assert.Equal("/health/startup", Manifest.Text(deployment.Container["startupProbe"]!["httpGet"]!["path"]));
        Assert.Equal("/health/ready", Manifest.Text(deployment.Container["readinessProbe"]!["httpGet"]!["path"]));
        Assert.Equal("/health/live", Manifest.Text(deployment.Container["livenessProbe"]!["httpGet"]!["path"]));
        Assert.NotNull(deployment.Container["resources"]!["requests"]!["cpu"]);
        Assert.NotNull(deployment.Container["resources"]!["limits"]!["memory"]);
        Assert.Matches("^shop/[a-z]+:[0-9.]+$", Manifest.Text(deployment.Container["image"]));
        Assert.True(deployment.PodSpec["terminationGracePeriodSeconds"]!.GetValue<int>() >= StopSeconds);
    });

    [Fact]
    public void Services_SelectPodsThatHaveTheirPorts() => Assert.All(Of("Service"), service =>
    {
        var selector = service.Spec["selector"]!;
        var deployment = Assert.Single(
            Deployments, one => JsonNode.DeepEquals(one.Spec["template"]!["metadata"]!["labels"], selector));
        Assert.True(JsonNode.DeepEquals(deployment.Spec["selector"]!["matchLabels"], selector));
        var ports = deployment.Container["ports"]!.AsArray().Select(port => Manifest.Text(port!["name"])).ToArray();
        Assert.All(service.Spec["ports"]!.AsArray(), port => Assert.Contains(Manifest.Text(port!["targetPort"]), ports));
    });

    [Fact]
    public void Deployments_WithAFileOfTheirOwn_NeverRunTwice() => Assert.All(
        Deployments.Where(one => one.PodSpec["volumes"]!.AsArray().Any(volume => volume!["persistentVolumeClaim"] is not null)),
        deployment =>
        {
            Assert.Equal(1, deployment.Spec["replicas"]!.GetValue<int>());
            Assert.Equal("Recreate", Manifest.Text(deployment.Spec["strategy"]!["type"]));
        });

    private static IEnumerable<Manifest> Of(string kind) => ManifestFiles.Read().Where(manifest => manifest.Kind == kind);
}
