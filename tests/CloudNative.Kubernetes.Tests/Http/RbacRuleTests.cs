using CloudNative.Kubernetes.Http;

namespace CloudNative.Kubernetes.Tests.Http;

public sealed class RbacRuleTests
{
    [Fact]
    public void For_ApplyOfAnObject_AllowsToMakeItToo() => Assert.Equal(
        """
        - apiGroups: ["coordination.k8s.io"]
          resources: ["leases"]
          verbs: ["patch"]
          resourceNames: ["leader"]
        - apiGroups: ["coordination.k8s.io"]
          resources: ["leases"]
          verbs: ["create"]
        """,
        RbacRule.For(new KubernetesCall
        {
            Verb = "patch",
            Group = "coordination.k8s.io",
            Resource = "leases",
            Name = "leader",
            MayCreate = true,
            Method = HttpMethod.Patch,
            Path = "/",
        }));

    [Theory]
    [InlineData("metadata.name=settings", "settings")]
    [InlineData("metadata.name=settings,type=Opaque", null)]
    [InlineData("type=Opaque", null)]
    [InlineData(null, null)]
    public void Name_OfASelection_IsThatOfTheOneObject(string? field, string? name) =>
        Assert.Equal(name, new KubernetesSelection("shop", FieldSelector: field).Name);

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
