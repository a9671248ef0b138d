using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

/// <summary>A context whose model lacks the tables.</summary>
internal sealed class ForgetfulContext(DbContextOptions<ForgetfulContext> options) : DbContext(options);
