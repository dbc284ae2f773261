using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace CaaS.Rca.Runtime.Storage.Migrations;

/// <summary>Makes the table of incidents.</summary>
[DbContext(typeof(RcaDbContext))]
[Migration("20260101000000_Initial")]
public sealed class Initial : Migration
{
    /// <inheritdoc/>
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.CreateTable(
            "rca_incidents",
            table => new
            {
                Id = table.Column<string>(nullable: false),
                Scope = table.Column<string>(nullable: false),
                Status = table.Column<int>(nullable: false),
                Revision = table.Column<int>(nullable: false),
                OpenedAtMs = table.Column<long>(nullable: false),
                ChangedAtMs = table.Column<long>(nullable: false),
                Json = table.Column<string>(nullable: false),
            },
            constraints: table => table.PrimaryKey("PK_rca_incidents", row => row.Id));
        migrationBuilder.CreateIndex("IX_rca_incidents_ChangedAtMs", "rca_incidents", "ChangedAtMs");
    }

    /// <inheritdoc/>
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.DropTable("rca_incidents");
    }
}
