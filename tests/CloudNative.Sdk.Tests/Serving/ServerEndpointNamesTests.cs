using CloudNative.Sdk.Serving;
using Microsoft.Extensions.Configuration;

namespace CloudNative.Sdk.Tests.Serving;

public sealed class ServerEndpointNamesTests
{
    [Theory]
    [InlineData("Http=http://+:80 Grpc=http://+:81", "http://[::]:80 http://[::]:81", "81 Grpc")]
    [InlineData("default=http://+:80 b=http://+:82 grpc=http://+:81", "http://[::]:80 http://[::]:81 http://[::]:82", "81 grpc, 82 b")]
    [InlineData("http=http://+:80 grpc=http://+:81", "http://0.0.0.0:80 http://127.0.0.1:81 http://[::1]:81", "81 grpc, 81 grpc")]
    [InlineData("http=http://+:0 grpc=http://+:81", "http://[::]:81 http://[::]:4000", "81 grpc")]
    [InlineData("http=http://+:80 grpc=http://+:0", "http://[::]:80 http://[::]:4000", "4000 grpc")]
    [InlineData("grpc=http://+:81", "http://[::]:81", "")]
    [InlineData("First=http://+:80 Second=http://+:81", "http://[::]:80 http://[::]:81", "")]
    [InlineData("Http=http://+:80 MyCertificate=https://+:443", "http://[::]:80 https://[::]:443", "")]
    [InlineData("http=http://+:80 grpc=nonsense", "http://[::]:80 http://[::]:81", "")]
    [InlineData("http=http://+:80 pipe=http://pipe:/kestrel", "http://[::]:80", "")]
    [InlineData("", "http://[::]:80", "")]
    public void Of_WhatTheServerIsTold_NamesTheAddressesItBound(string configured, string bound, string expected)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(configured
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(endpoint => endpoint.Split('='))
            .Select(endpoint => KeyValuePair.Create($"Kestrel:Endpoints:{endpoint[0]}:Url", (string?)endpoint[1])));

        var names = ServerEndpointNames.Of(configuration.Build(), [.. bound.Split(' ').Select(address => new Uri(address))]);

        Assert.Equal(expected, string.Join(", ", names.OrderBy(name => name.Key.Port).Select(name => $"{name.Key.Port} {name.Value}")));
    }
}
