using CloudNative.Kubernetes.Discovery;

namespace CloudNative.Kubernetes.Tests.Discovery;

public sealed class ServiceNameTests
{
    [Theory]
    [InlineData("catalog", "shop/catalog")]
    [InlineData("Catalog", "shop/catalog")]
    [InlineData("catalog.billing", "billing/catalog")]
    [InlineData("catalog.billing.svc", "billing/catalog")]
    [InlineData("catalog.billing.svc.cluster.local", "billing/catalog")]
    [InlineData("catalog.svc", null)]
    [InlineData("catalog.billing\n", null)]
    [InlineData("catalog.billing.svc.example.com", null)]
    [InlineData("a.b.c", null)]
    [InlineData("-catalog", null)]
    [InlineData("cata_log", null)]
    [InlineData("catalog.", null)]
    [InlineData("", null)]
    public void Parse_WhatCallersWrite_NamesAServiceOrNone(string text, string? expected)
    {
        var name = ServiceName.Parse(text, "shop", "cluster.local");
        Assert.Equal(expected, name is null ? null : $"{name.Namespace}/{name.Name}");
    }
}
