using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class HeaderTextTests
{
    [Theory]
    [InlineData("plain/~!", "plain/~!")]
    [InlineData("two words", "two%20words")]
    [InlineData("10 % \"off\"", "10%20%25%20%22off%22")]
    [InlineData("Zoë 🛒", "Zo%C3%AB%20%F0%9F%9B%92")]
    public void Encode_Text_IsPrintableAndComesBack(string text, string expected)
    {
        Assert.Equal(expected, HeaderText.Encode(text));
        Assert.Equal(text, HeaderText.Decode(expected));
    }

    [Theory]
    [InlineData("zo%c3%ab", "zoë")]
    [InlineData("%41%42", "AB")]
    [InlineData("\"two words\"", "two words")]
    [InlineData("\"a \\\"b\\\" \\\\ c\"", "a \"b\" \\ c")]
    [InlineData("\"100%25\"", "100%")]
    [InlineData("%2520", "%20")]
    [InlineData("Zoë", "Zoë")]
    public void Decode_WhatSendersWrite_IsRead(string value, string expected) =>
        Assert.Equal(expected, HeaderText.Decode(value));

    [Theory]
    [InlineData("%C0%A0")]
    [InlineData("%ED%A0%80")]
    [InlineData("%E2%82")]
    [InlineData("%")]
    [InlineData("%4")]
    [InlineData("%zz")]
    [InlineData("\"open")]
    [InlineData("\"open\\")]
    public void Decode_NotUtf8OrCutOff_IsRefused(string value) => Assert.Null(HeaderText.Decode(value));
}
