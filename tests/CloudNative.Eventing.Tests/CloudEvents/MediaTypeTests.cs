using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class MediaTypeTests
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("text/plain;a=\"b \\\" c\" ; d=e")]
    [InlineData("application/vnd.shop.sale+json;")]
    public void IsValid_MediaType_IsOne(string text) => Assert.True(MediaType.IsValid(text));

    [Theory]
    [InlineData("json")]
    [InlineData("/json")]
    [InlineData("application/")]
    [InlineData("application/json charset")]
    [InlineData("application/json; charset")]
    [InlineData("application/json; charset=")]
    [InlineData("application/json; a=\"b")]
    [InlineData("application/json; a=\"b\\")]
    [InlineData("application/jsön")]
    public void IsValid_Other_IsNone(string text) => Assert.False(MediaType.IsValid(text));

    [Theory]
    [InlineData(null, true)]
    [InlineData("Application/JSON ; charset=utf-8", true)]
    [InlineData("application/vnd.shop.sale+json", true)]
    [InlineData("text/json", true)]
    [InlineData("application/jsonl", false)]
    [InlineData("text/plain; a=/json", false)]
    public void IsJson_Subtype_Decides(string? text, bool expected) => Assert.Equal(expected, MediaType.IsJson(text));
}
