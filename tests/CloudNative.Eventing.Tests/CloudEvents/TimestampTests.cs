using CloudNative.Eventing.CloudEvents;

namespace CloudNative.Eventing.Tests.CloudEvents;

public sealed class TimestampTests
{
    [Theory]
    [InlineData("1970-01-01T00:00:00Z", "1970-01-01T00:00:00.0000000+00:00")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000+00:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("9999-12-31T23:59:59.99999999999Z", "9999-12-31T23:59:59.9999999+00:00")]
    [InlineData("9999-12-31T23:59:59+14:00", "9999-12-31T23:59:59.0000000+14:00")]
    [InlineData("2024-02-29t12:00:00z", "2024-02-29T12:00:00.0000000+00:00")]
    [InlineData("2024-02-29T12:00:00.5-00:00", "2024-02-29T12:00:00.5000000+00:00")]
    [InlineData("2024-02-29T12:00:00+23:59", "2024-02-28T12:01:00.0000000+00:00")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.0000000+00:00")]
    [InlineData("2016-12-31T15:59:60.7-08:00", "2016-12-31T16:00:00.0000000-08:00")]
    public void TryParse_Timestamp_IsThatTime(string text, string expected)
    {
        Assert.True(Timestamp.TryParse(text, out var time));
        Assert.Equal(expected, time.ToString("O"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2024-02-29")]
    [InlineData("2024-02-29T12:00:00")]
    [InlineData("2024-02-29 12:00:00Z")]
    [InlineData("2023-02-29T12:00:00Z")]
    [InlineData("2024-13-01T12:00:00Z")]
    [InlineData("2024-00-01T12:00:00Z")]
    [InlineData("2024-02-00T12:00:00Z")]
    [InlineData("2024-02-29T24:00:00Z")]
    [InlineData("2024-02-29T12:60:00Z")]
    [InlineData("2024-02-29T12:00:61Z")]
    [InlineData("2024-02-29T12:00:60Z")]
    [InlineData("2024-02-29T12:00:00.Z")]
    [InlineData("2024-02-29T12:00:00,5Z")]
    [InlineData("2024-02-29T12:00:00+01:60")]
    [InlineData("2024-02-29T12:00:00+0100")]
    [InlineData("2024-02-29T12:00:00Z ")]
    [InlineData("٢٠٢٤-02-29T12:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("10000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+00:01")]
    [InlineData("9999-12-31T23:59:59-00:01")]
    [InlineData("9999-12-31T23:59:60Z")]
    public void TryParse_Other_IsRefused(string text) => Assert.False(Timestamp.TryParse(text, out _));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00.0000001Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("9999-12-31T23:59:59.9999999+14:00")]
    [InlineData("2024-02-29T12:00:00.25-03:30")]
    public void Write_Parsed_IsTheSameText(string text)
    {
        Assert.True(Timestamp.TryParse(text, out var time));

        Span<char> written = stackalloc char[Timestamp.LongestText];
        Assert.Equal(text, written[..Timestamp.Write(time, written)].ToString());
    }
}
