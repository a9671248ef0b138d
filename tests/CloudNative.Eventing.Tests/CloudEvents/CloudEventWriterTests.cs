using System.Text;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class CloudEventWriterTests
{
    [Theory]
    [InlineData(null, """{"a": [1,  "ä"]}""", """ "data":{"a": [1,  "ä"]}""")]
    [InlineData("application/json", "null", """ "data":null""")]
    [InlineData("application/json", "{broken", """ "data_base64":"e2Jyb2tlbg==" """)]
    [InlineData("application/json", "1 2", """ "data_base64":"MSAy" """)]
    [InlineData("text/plain", "a\"\n", """ "data":"a\"\n" """)]
    [InlineData("application/octet-stream", "a", """ "data_base64":"YQ==" """)]
    public void Write_Data_TravelsAsItsTypeSays(string? type, string data, string expected)
    {
        var value = new EventEnvelope
        {
            Id = "7",
            Source = "/a",
            Type = "b",
            DataContentType = type,
            Data = Encoding.UTF8.GetBytes(data),
        };
        var json = Cases.Write(value);

        Assert.EndsWith($"{expected.Trim()}}}", json, StringComparison.Ordinal);
        Assert.Equal(data, Cases.Text(Cases.Read(json)));
    }

    [Fact]
    public void Write_TextThatIsNotUtf8_TravelsAsBase64()
    {
        var value = new EventEnvelope { Id = "7", Source = "/a", Type = "b", DataContentType = "text/plain", Data = new byte[] { 0xFF } };

        Assert.Equal([0xFF], Cases.Read(Cases.Write(value)).Data.ToArray());
    }

    [Fact]
    public void Write_NoData_HasNoMember() => Assert.Equal(
        """{"specversion":"1.0","id":"7","source":"/a","type":"b"}""",
        Cases.Write(new() { Id = "7", Source = "/a", Type = "b" }));
}
