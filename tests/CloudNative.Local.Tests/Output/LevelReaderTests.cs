using CloudNative.Local.Output;

namespace CloudNative.Local.Tests.Output;

public sealed class LevelReaderTests
{
    [Theory]
    [InlineData("info: Program[0]", nameof(OutputLevel.Information))]
    [InlineData("warn: Program[0]", nameof(OutputLevel.Warning))]
    [InlineData("fail: Program[0]", nameof(OutputLevel.Error))]
    [InlineData("crit: Program[0] one line", nameof(OutputLevel.Error))]
    [InlineData("2026-01-02 10:11:12 warn: Program[0]", nameof(OutputLevel.Warning))]
    [InlineData("[10:11:12] fail: Program[0]", nameof(OutputLevel.Error))]
    [InlineData("<4>Program[0] text", nameof(OutputLevel.Warning))]
    [InlineData("<6>Program[0] text", nameof(OutputLevel.Information))]
    [InlineData("[10:11:12 WRN] text", nameof(OutputLevel.Warning))]
    [InlineData("[10:11:12 INF] text", nameof(OutputLevel.Information))]
    [InlineData("{\"EventId\":0,\"LogLevel\":\"Warning\",\"Category\":\"Program\"}", nameof(OutputLevel.Warning))]
    [InlineData("{\"EventId\":0,\"LogLevel\":\"Information\",\"Message\":\"fail: x\"}", nameof(OutputLevel.Information))]
    [InlineData("{\"@t\":\"2026\",\"@l\":\"Error\"}", nameof(OutputLevel.Error))]
    [InlineData("a sentence with warn: in it is no entry at all", nameof(OutputLevel.Information))]
    [InlineData("hello", nameof(OutputLevel.Information))]
    public void Read_FirstLineOfEntry_HasItsLevel(string line, string expected) =>
        Assert.Equal(expected, new LevelReader(OutputLevel.Information).Read(line).ToString());

    [Fact]
    public void Read_IndentedLines_BelongToTheEntryAbove()
    {
        var reader = new LevelReader(OutputLevel.Information);

        Assert.Equal(
            [OutputLevel.Warning, OutputLevel.Warning, OutputLevel.Warning, OutputLevel.Information, OutputLevel.Information],
            new[] { "warn: Program[0]", "      text", "", "info: Program[0]", "      text" }.Select(reader.Read));
    }

    [Fact]
    public void Read_UnmarkedLineOfErrorStream_IsAnErrorWithItsStackTrace()
    {
        var reader = new LevelReader(OutputLevel.Error);

        Assert.Equal(OutputLevel.Error, reader.Read("Unhandled exception. System.InvalidOperationException: broken"));
        Assert.Equal(OutputLevel.Error, reader.Read("   at Program.Main()"));
    }
}
