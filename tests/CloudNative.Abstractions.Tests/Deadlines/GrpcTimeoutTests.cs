using CloudNative.Deadlines;

namespace CloudNative.Abstractions.Tests.Deadlines;

public sealed class GrpcTimeoutTests
{
    [Theory]
    [InlineData("1H", 36_000_000_000L)]
    [InlineData("2M", 1_200_000_000L)]
    [InlineData("3S", 30_000_000L)]
    [InlineData("100m", 1_000_000L)]
    [InlineData("50u", 500L)]
    [InlineData("250n", 2L)]
    [InlineData("00000001m", 10_000L)]
    [InlineData("0S", 0L)]
    [InlineData("99999999H", 3_599_999_964_000_000_000L)]
    public void TryParse_WhatTheSpecificationAllows_IsRead(string value, long ticks)
    {
        Assert.True(GrpcTimeout.TryParse(value, out var timeLeft));
        Assert.Equal(ticks, timeLeft.Ticks);
    }

    [Theory]
    [InlineData("")]
    [InlineData("S")]
    [InlineData("1")]
    [InlineData("-1S")]
    [InlineData("+1S")]
    [InlineData("1.5S")]
    [InlineData(" 1S")]
    [InlineData("1s")]
    [InlineData("1 S")]
    [InlineData("100000000m")]
    [InlineData("١S")]
    public void TryParse_AnythingElse_IsRefused(string value) => Assert.False(GrpcTimeout.TryParse(value, out _));

    [Theory]
    [InlineData(0L, "100n")]
    [InlineData(-5L, "100n")]
    [InlineData(1L, "100n")]
    [InlineData(999_999L, "99999900n")]
    [InlineData(1_000_000L, "100000u")]
    [InlineData(999_999_990L, "99999999u")]
    [InlineData(1_000_000_000L, "100000m")]
    [InlineData(long.MaxValue, "99999999H")]
    public void Format_AnyDuration_FitsInEightDigits(long ticks, string value) =>
        Assert.Equal(value, GrpcTimeout.Format(TimeSpan.FromTicks(ticks)));

    [Fact]
    public void Format_ReadBack_IsNeverLongerAndLosesLessThanAPartInAHundredThousand()
    {
        var random = new Random(20_260);
        for (var i = 0; i < 10_000; i++)
        {
            var timeLeft = TimeSpan.FromTicks((long)Math.Pow(10, 1 + (random.NextDouble() * 16)));

            Assert.True(GrpcTimeout.TryParse(GrpcTimeout.Format(timeLeft), out var read));

            Assert.InRange(read.Ticks, (long)(timeLeft.Ticks * 0.99999) - 1, timeLeft.Ticks);
        }
    }
}
