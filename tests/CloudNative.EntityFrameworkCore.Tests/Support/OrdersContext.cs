using Microsoft.EntityFrameworkCore;

namespace CloudNative.EntityFrameworkCore.Tests.Support;

internal sealed class OrdersContext(DbContextOptions<OrdersContext> options) : DbContext(options)
{
    public DbSet<Order> Orders => Set<Order>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Order>().HasIndex(order => order.Item).IsUnique();
        modelBuilder.AddCloudNativeEvents();
    }
}
