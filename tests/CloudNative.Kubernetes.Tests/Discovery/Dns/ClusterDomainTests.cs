using CloudNative.Kubernetes.Discovery.Dns;

namespace CloudNative.Kubernetes.Tests.Discovery.Dns;

public sealed class ClusterDomainTests
{
    [Theory]
    [InlineData("search shop.svc.cluster.local svc.cluster.local cluster.local", "cluster.local")]
    [InlineData("search shop.svc.corp.example svc.corp.example corp.example eu.example", "corp.example")]
    [InlineData("search\tshop.svc.k8s. svc.k8s. k8s.", "k8s")]
    [InlineData("search svc.svc.cluster.local svc.cluster.local cluster.local", "cluster.local")]
    [InlineData("search shop.svc.Corp.example svc.Corp.example", "corp.example")]
    [InlineData("search my_lab.example svc.my_lab.example", "cluster.local")]
    [InlineData("search eu.example", "cluster.local")]
    [InlineData("nameserver 10.96.0.10", "cluster.local")]
    public void Read_SearchListOfAPod_HoldsTheDomain(string line, string domain) =>
        Assert.Equal(domain, ClusterDomain.Read(["nameserver 10.96.0.10", line, "options ndots:5"]));

    [Fact]
    public void Find_NoSuchFile_IsTheUsualOne() => Assert.Equal("cluster.local", ClusterDomain.Find("/nowhere/resolv.conf"));
}
