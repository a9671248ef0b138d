using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes.Tests.Http;

public sealed class RbacRuleTests
{
    [Theory]
    [InlineData("get", "settings", "verbs: [\"get\"]\n  resourceNames: [\"settings\"]")]
    [InlineData("create", "settings", "verbs: [\"create\"]")]
    [InlineData("watch", null, "verbs: [\"list\", \"watch\"]")]
    public void For_Call_AllowsThatAndNoMore(string verb, string? name, string end)
    {
        var rule = RbacRule.For(new KubernetesCall
        {
            Verb = verb,
            Group = "",
            Resource = "configmaps",
            Name = name,
            Method = HttpMethod.Get,
            Path = "/",
        });
        Assert.Equal($"- apiGroups: [\"\"]\n  resources: [\"configmaps\"]\n  {end}", rule);
    }
}
