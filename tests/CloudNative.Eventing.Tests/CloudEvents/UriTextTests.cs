using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class UriTextTests
{
    [Theory]
    [InlineData("/services/orders")]
    [InlineData("orders")]
    [InlineData("#part")]
    [InlineData("?q=1")]
    [InlineData("./a:b")]
    [InlineData("//[2001:db8::1]:80/a")]
    [InlineData("https://a.example/b%20c?d=e#f")]
    [InlineData("urn:uuid:0b5f4a1e-0001-7000-8000-000000000000")]
    [InlineData("mailto:ann@shop.example")]
    public void IsReference_ByRfc3986_IsOne(string text) => Assert.True(UriText.IsReference(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("1a:b")]
    [InlineData(":b")]
    [InlineData("/a%2")]
    [InlineData("/a%zz")]
    [InlineData("/a#b#c")]
    [InlineData("/a[b]")]
    [InlineData("/a\\b")]
    [InlineData("/ä")]
    [InlineData("//a<b>/c")]
    public void IsReference_Other_IsNone(string text) => Assert.False(UriText.IsReference(text));

    [Theory]
    [InlineData("https://a.example/b", true)]
    [InlineData("urn:a", true)]
    [InlineData("/b", false)]
    [InlineData("//a.example/b", false)]
    public void IsAbsolute_Scheme_Decides(string text, bool expected) => Assert.Equal(expected, UriText.IsAbsolute(text));
}
